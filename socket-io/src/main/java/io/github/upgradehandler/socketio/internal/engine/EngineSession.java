package io.github.upgradehandler.socketio.internal.engine;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.socketio.DisconnectReason;
import io.github.upgradehandler.socketio.SocketIoConfig;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One client of Engine.IO, over polling, a WebSocket, or first one and then the other. Thread-safe;
 * nothing is called while its lock is held but the container and the WebSocket, which do not block.
 */
public final class EngineSession {

  private final String id = RandomId.next();
  private final EngineProtocol protocol;
  private final boolean base64;
  private final Handshake handshake;
  private final SocketIoConfig config;
  private final Runnable over;
  private final Runnable forgotten;
  private final Inbox inbox;
  private final Heartbeat heartbeat;
  private final EngineOutput output;
  private @Nullable EngineListener listener; // confined to the inbox
  private volatile boolean closed; // changed with the output's lock
  private boolean posting; // guarded by the output

  /**
   * A session that is not open yet.
   *
   * @param base64 whether its client, of version 3, wants bytes as text when it polls
   * @param over called when it ends, with what waits for its client perhaps still to be fetched
   * @param forgotten called with it when nothing is to be known of it any more
   */
  EngineSession(
      EngineProtocol protocol,
      boolean base64,
      Handshake handshake,
      SocketIoConfig config,
      EngineWork work,
      Runnable over,
      Consumer<EngineSession> forgotten) {
    this.protocol = protocol;
    this.base64 = base64;
    this.handshake = handshake;
    this.config = config;
    this.over = over;
    this.forgotten = () -> forgotten.accept(this);
    inbox = new Inbox(work);
    output = new EngineOutput(this, config, work, this.forgotten);
    heartbeat =
        new Heartbeat(
            protocol,
            config,
            work,
            () -> send(EnginePacket.of(EnginePacketType.PING)),
            () -> close(DisconnectReason.PING_TIMEOUT, Ending.AT_ONCE));
  }

  /** Its id, which is a credential: whoever knows it can act for the client. */
  public String id() {
    return id;
  }

  /** The version that the client speaks. */
  public EngineProtocol protocol() {
    return protocol;
  }

  boolean isBase64() {
    return base64;
  }

  /** The request that has opened it. */
  public Handshake handshake() {
    return handshake;
  }

  /** How the client is connected now, {@code polling} or {@code websocket}. */
  public String transport() {
    return output.isPolling() ? "polling" : "websocket";
  }

  /** Runs what belongs to this client, one thing after another. */
  public Inbox inbox() {
    return inbox;
  }

  /**
   * Sends messages that nothing comes between.
   *
   * @return false if it has ended
   */
  public boolean send(List<EnginePacket> group) {
    return output.send(group);
  }

  /**
   * Sends messages if they leave at once: none else waits, and a poll or a WebSocket is there.
   *
   * @return whether they were sent
   */
  public boolean sendIfWritable(List<EnginePacket> group) {
    return output.sendIfWritable(group);
  }

  /** Ends it from this side. */
  public void close(DisconnectReason reason) {
    close(reason, Ending.BY_SERVER);
  }

  void send(EnginePacket packet) {
    output.send(List.of(packet));
  }

  /** The first packet that the client gets. */
  EnginePacket openPacket(boolean polling) {
    return EnginePacket.of(
        EnginePacketType.OPEN,
        "{\"sid\":\""
            + id
            + "\",\"upgrades\":["
            + (polling ? "\"websocket\"" : "")
            + "],\"pingInterval\":"
            + config.pingInterval().toMillis()
            + ",\"pingTimeout\":"
            + config.pingTimeout().toMillis()
            + ",\"maxPayload\":"
            + config.maxHttpBufferSize()
            + "}");
  }

  /** The client's time runs, from before it knows that the session is there. */
  void start() {
    heartbeat.restart();
  }

  /** The open packet is on its way. The listener is asked for before anything else. */
  void open(EngineAcceptor acceptor, @Nullable Executor executor) {
    inbox.here(
        () -> {
          if (!closed) { // else nobody would tell the listener
            listener = acceptor.accept(this);
          }
        },
        executor);
  }

  EngineOutput output() {
    return output;
  }

  /** Whether it has ended or is to: the client's answer is overdue. */
  boolean isOver() {
    if (heartbeat.isOverdue()) {
      close(DisconnectReason.PING_TIMEOUT, Ending.AT_ONCE);
    }
    return closed;
  }

  /** Whether it has ended; with the output's lock it stays so for as long as that is held. */
  boolean isClosed() {
    return closed;
  }

  /** A packet has come over the transport in use; on the inbox's thread. */
  void receive(EnginePacket packet) {
    EngineListener target = listener;
    if (target == null || isOver()) {
      return;
    }
    switch (packet.type()) {
      case MESSAGE -> deliver(target, packet);
      case PING -> {
        if (protocol == EngineProtocol.V4) {
          close(DisconnectReason.TRANSPORT_ERROR, Ending.AT_ONCE); // the server pings
        } else {
          heartbeat.restart();
          send(EnginePacket.of(EnginePacketType.PONG, packet.text()));
        }
      }
      case PONG -> {
        if (protocol == EngineProtocol.V3) {
          close(DisconnectReason.TRANSPORT_ERROR, Ending.AT_ONCE); // the client pings
        } else {
          heartbeat.restart();
        }
      }
      case CLOSE -> close(DisconnectReason.TRANSPORT_CLOSE, Ending.BY_CLIENT);
      case NOOP -> {}
      case OPEN, UPGRADE -> close(DisconnectReason.TRANSPORT_ERROR, Ending.AT_ONCE);
    }
  }

  /** Whether no other POST is being read: from now on one is. */
  boolean beginPost() {
    synchronized (output) {
      boolean first = !posting;
      posting = true;
      return first;
    }
  }

  void endPost() {
    synchronized (output) {
      posting = false;
    }
  }

  /** What has come is no packet. */
  void malformed() {
    close(DisconnectReason.PARSE_ERROR, Ending.AT_ONCE);
  }

  void close(DisconnectReason reason, Ending ending) {
    Runnable told;
    synchronized (output) {
      if (closed) {
        return;
      }
      closed = true;
      told = output.end(reason, ending);
    }
    heartbeat.stop();
    over.run();
    told.run();
    inbox.aside(
        () -> {
          EngineListener last = listener;
          listener = null;
          if (last != null) {
            last.onClose(reason);
          }
        });
  }

  /** The WebSocket in use has ended. */
  void transportEnded(WebSocket socket, DisconnectReason reason) {
    if (output.isCarriedBy(socket)) {
      close(reason, Ending.AT_ONCE);
    }
  }

  /** It never opened. */
  void discard() {
    synchronized (output) {
      closed = true;
    }
    heartbeat.stop();
    over.run();
    forgotten.run();
  }

  private void deliver(EngineListener target, EnginePacket packet) {
    byte[] bytes = packet.bytes();
    try {
      if (bytes == null) {
        target.onText(packet.text());
      } else {
        target.onBinary(bytes);
      }
    } catch (MalformedPacketException e) {
      // As Socket.IO for Node.js does: the session itself is well, and is told that it ends.
      close(DisconnectReason.PARSE_ERROR, Ending.BY_SERVER);
    }
  }
}
