package io.github.upgradehandler.socketio;

import static java.lang.System.Logger.Level.DEBUG;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import org.jspecify.annotations.Nullable;

/**
 * One client in one namespace. Thread-safe; no method blocks. Its listeners are called one after
 * another, together with those of the same client in other namespaces.
 */
public final class Socket extends SocketListeners {

  private static final System.Logger LOG = System.getLogger("io.github.upgradehandler.socketio");

  /** Where it stands. */
  private enum Phase {
    JOINING,
    CONNECTED,
    ENDED
  }

  private final Namespace namespace;
  private final Client client;
  private final String id;
  private final SocketHandshake handshake;
  private final Resumption resumption;
  private final ConcurrentMap<String, Object> data = new ConcurrentHashMap<>();
  private final PendingAcks acks;
  private volatile Phase phase = Phase.JOINING;

  Socket(
      Namespace namespace,
      Client client,
      String id,
      SocketHandshake handshake,
      Resumption resumption) {
    this.namespace = namespace;
    this.client = client;
    this.id = id;
    this.handshake = handshake;
    this.resumption = resumption;
    data.putAll(resumption.data());
    acks = new PendingAcks(server().work(), server().config().limits().maxPendingAcks());
  }

  /** Its id, which the client knows too; also the name of a room that it alone is in. */
  public String id() {
    return id;
  }

  /** Its namespace. */
  public Namespace namespace() {
    return namespace;
  }

  /** What is known of the client. */
  public SocketHandshake handshake() {
    return handshake;
  }

  /** Whether it is connected: not while middleware decides, and not after its end. */
  public boolean isConnected() {
    return phase == Phase.CONNECTED;
  }

  /** Whether its client has come back to it, with its id, rooms and data. */
  public boolean isRecovered() {
    return resumption.isRecovered();
  }

  /** How it is connected now: {@code polling} or {@code websocket}. */
  public String transport() {
    return client.session().transport();
  }

  /** What the application keeps with it, across a recovery as well. */
  public ConcurrentMap<String, Object> data() {
    return data;
  }

  /** The rooms that it is in. */
  public Set<String> rooms() {
    return namespace.adapter().rooms(id);
  }

  /**
   * Sends an event; does nothing after the end.
   *
   * @throws IllegalArgumentException if the name is reserved, an argument cannot be written as
   *     JSON, or there are more than 10 values of bytes
   */
  public void emit(String event, Object... args) {
    namespace.emitTo(this, server().emitting().event(event, args), false);
  }

  /** The same if it leaves at once; else it is dropped. */
  public void emitVolatile(String event, Object... args) {
    namespace.emitTo(this, server().emitting().event(event, args), true);
  }

  /**
   * Sends an event that the client answers.
   *
   * @return completes with the answer; exceptionally with a {@link DisconnectedException} if the
   *     socket ends before
   * @throws IllegalArgumentException as {@link #emit} does
   */
  public CompletableFuture<Args> emitWithAck(String event, Object... args) {
    return ask(null, event, args);
  }

  /**
   * The same within a time.
   *
   * @return completes exceptionally with a {@link java.util.concurrent.TimeoutException} after it
   */
  public CompletableFuture<Args> emitWithAck(Duration timeout, String event, Object... args) {
    return ask(timeout, event, args);
  }

  private CompletableFuture<Args> ask(@Nullable Duration timeout, String event, Object... args) {
    ArrayNode content = server().emitting().event(event, args);
    return ask(timeout, content, Targets.ALL)
        .thenApply(values -> Args.of(server().mapper(), values, 0));
  }

  CompletableFuture<JsonNode> ask(@Nullable Duration timeout, JsonNode content, Targets targets) {
    PendingAcks.Question question = acks.ask(timeout);
    if (!question.answer().isDone()) {
      Packet packet = new Packet(PacketType.EVENT, namespace.name(), question.id(), content);
      deliver(packet, server().encode(packet, targets), false);
    }
    return question.answer();
  }

  /**
   * Joins rooms; does nothing after the end.
   *
   * @throws IllegalStateException if it is in more than {@code maxRoomsPerSocket} then
   */
  public void join(String... rooms) {
    if (phase != Phase.ENDED) {
      namespace.adapter().addAll(id, Set.of(rooms));
      if (phase == Phase.ENDED) {
        namespace.adapter().removeAll(id);
      }
    }
  }

  /** Leaves a room. */
  public void leave(String room) {
    namespace.adapter().remove(id, room);
  }

  /** All others in rooms. */
  public Broadcast to(String... rooms) {
    return broadcast().to(rooms);
  }

  /** The same as {@link #to}. */
  public Broadcast in(String... rooms) {
    return to(rooms);
  }

  /** All others but those in rooms. */
  public Broadcast except(String... rooms) {
    return broadcast().except(rooms);
  }

  /** All others. */
  public Broadcast broadcast() {
    return namespace.everyone().except(id);
  }

  /** Disconnects it from the namespace: its client does not come back by itself. */
  public void disconnect() {
    if (isConnected()) {
      client.session().inbox().aside(() -> end(DisconnectReason.SERVER_NAMESPACE_DISCONNECT));
      sendDisconnect();
    }
  }

  /** Disconnects its client from all namespaces. */
  public void disconnectClient() {
    client.disconnect();
  }

  @Override
  Socket self() {
    return this;
  }

  SocketIo server() {
    return client.server();
  }

  Client client() {
    return client;
  }

  Resumption resumption() {
    return resumption;
  }

  void sendDisconnect() {
    client.send(new Packet(PacketType.DISCONNECT, namespace.name(), null, null));
  }

  /** Whether it is connected from now on; in the inbox. */
  void connect() {
    phase = Phase.CONNECTED;
    client.joined(this);
  }

  /** The answer to its client's CONNECT. */
  void sendConnect() {
    if (client.isOld()) {
      client.send(new Packet(PacketType.CONNECT, namespace.name(), null, null));
      return;
    }
    ObjectNode content = JsonNodeFactory.instance.objectNode().put("sid", id);
    String pid = resumption.pid();
    if (pid != null) {
      content.put("pid", pid);
    }
    client.send(new Packet(PacketType.CONNECT, namespace.name(), null, content));
  }

  /** Sends what is encoded. */
  void deliver(Packet packet, List<EnginePacket> encoded, boolean volatileOnly) {
    if (phase != Phase.CONNECTED) {
      return;
    }
    JsonNode content = packet.data();
    if (content != null && packet.type() == PacketType.EVENT && listeners().hasOutgoing()) {
      listeners().outgoing(content.get(0).asText(), Args.of(server().mapper(), content, 1));
    }
    client.send(encoded, volatileOnly);
  }

  /** A packet of the client; in the inbox. */
  void receive(Packet packet) {
    JsonNode content = packet.data();
    if (packet.type() == PacketType.DISCONNECT) {
      end(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
    } else if (content != null && packet.type() == PacketType.EVENT) {
      event(content, packet.id());
    } else if (content != null && packet.type() == PacketType.ACK && packet.id() != null) {
      acks.answered(packet.id(), content);
    }
  }

  private void event(JsonNode content, @Nullable Long number) {
    String event = content.get(0).asText();
    Args args = Args.of(server().mapper(), content, 1);
    Ack ack = new Answer(this, number);
    Chain.ask(
        middleware(),
        (asked, next) -> asked.handle(event, args, next),
        client.session().inbox(),
        server().emitting(),
        new Chain.Outcome() {
          @Override
          public void proceed() {
            if (isConnected()) {
              listeners().incoming(event, args, ack);
            }
          }

          @Override
          public void refuse(String message, @Nullable JsonNode more) {
            LOG.log(DEBUG, () -> "middleware of a socket has refused an event: " + message);
          }
        });
  }

  /** It is over; in the inbox. */
  void end(DisconnectReason reason) {
    if (phase != Phase.CONNECTED) {
      return;
    }
    tellDisconnecting(reason);
    phase = Phase.ENDED;
    namespace.arrivals().ended(this, reason);
    client.left(this);
    acks.close();
    tellDisconnect(reason);
  }
}
