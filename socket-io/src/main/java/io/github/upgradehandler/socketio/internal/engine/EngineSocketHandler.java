package io.github.upgradehandler.socketio.internal.engine;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.socketio.DisconnectReason;
import java.nio.ByteBuffer;
import java.time.Duration;

/** The WebSocket of a session, from its opening handshake on or after it was tried. */
final class EngineSocketHandler implements WebSocketHandler {

  /** So many messages may wait for a listener before nothing more is read. */
  private static final int MOST_WAITING = 64;

  /**
   * Clients of version 3 are known that listen for packets only when they have seen the WebSocket
   * open, and miss one that comes in the segment of the opening handshake.
   */
  private static final Duration LISTENING_V3 = Duration.ofMillis(10);

  private static final String PROBE = "probe";

  /** Where a WebSocket stands. */
  private enum Phase {
    /** It is tried: a ping is to come. */
    TRIED,
    /** Its ping is answered: that the client changes to it is to come. */
    PROBED,
    /** It carries the session. */
    IN_USE,
    /** It is of no use. */
    OVER
  }

  private final EngineSession session;
  private final EngineAcceptor acceptor;
  private Phase phase;

  private EngineSocketHandler(EngineSession session, EngineAcceptor acceptor, Phase phase) {
    this.session = session;
    this.acceptor = acceptor;
    this.phase = phase;
  }

  /** Of a session that begins with it. */
  static WebSocketHandler opening(EngineSession session, EngineAcceptor acceptor) {
    return new EngineSocketHandler(session, acceptor, Phase.IN_USE);
  }

  /** Of a session that polls so far. */
  static WebSocketHandler upgrading(EngineSession session, EngineAcceptor acceptor) {
    return new EngineSocketHandler(session, acceptor, Phase.TRIED);
  }

  @Override
  public void onOpen(WebSocket socket) {
    if (phase == Phase.TRIED) {
      if (!session.output().probe(socket)) {
        end(socket);
      }
      return;
    }
    session.output().open(socket);
    if (session.protocol() == EngineProtocol.V3) {
      socket.pause(); // a message before the open packet would find no listener
      session
          .inbox()
          .later(
              LISTENING_V3,
              () -> {
                begin();
                session.inbox().here(socket::resume);
              });
    } else {
      begin();
    }
  }

  private void begin() {
    session.send(session.openPacket(false));
    session.open(acceptor, null); // this thread is the right one
  }

  @Override
  public void onText(WebSocket socket, String text) {
    EnginePacket packet;
    try {
      packet = session.protocol().decodeText(text);
    } catch (MalformedPacketException e) {
      malformed(socket);
      return;
    }
    receive(socket, packet);
  }

  @Override
  public void onBinary(WebSocket socket, ByteBuffer payload) {
    EnginePacket packet;
    try {
      packet = session.protocol().decodeBinary(payload);
    } catch (MalformedPacketException e) {
      malformed(socket);
      return;
    }
    receive(socket, packet);
  }

  @Override
  public void onClose(WebSocket socket, CloseEvent event) {
    session.output().giveUp(socket);
    session.transportEnded(
        socket,
        event.initiator() == CloseEvent.Initiator.LOCAL
            ? DisconnectReason.TRANSPORT_ERROR
            : DisconnectReason.TRANSPORT_CLOSE);
  }

  private void receive(WebSocket socket, EnginePacket packet) {
    switch (phase) {
      case TRIED -> tried(socket, packet);
      case PROBED -> probed(socket, packet);
      case IN_USE -> inUse(socket, packet);
      case OVER -> {}
    }
  }

  private void inUse(WebSocket socket, EnginePacket packet) {
    if (session.inbox().here(() -> session.receive(packet)) > MOST_WAITING) {
      socket.pause();
      session.inbox().here(socket::resume);
    }
  }

  private void tried(WebSocket socket, EnginePacket packet) {
    if (packet.type() != EnginePacketType.PING || !packet.text().equals(PROBE)) {
      end(socket);
      return;
    }
    phase = Phase.PROBED;
    session.output().probed(socket); // before the client knows: it may poll at once
    socket.sendText(EnginePacket.of(EnginePacketType.PONG, PROBE).asText(session.protocol()));
  }

  private void probed(WebSocket socket, EnginePacket packet) {
    if (packet.type() == EnginePacketType.UPGRADE && session.output().upgrade(socket)) {
      phase = Phase.IN_USE;
    } else {
      end(socket);
    }
  }

  /** Of a session that may live on by polling. */
  private void end(WebSocket socket) {
    phase = Phase.OVER;
    session.output().giveUp(socket);
    socket.close(CloseStatus.NORMAL);
  }

  private void malformed(WebSocket socket) {
    if (phase == Phase.IN_USE) {
      session.malformed();
    } else {
      end(socket);
    }
  }
}
