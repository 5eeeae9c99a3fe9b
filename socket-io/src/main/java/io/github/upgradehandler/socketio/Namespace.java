package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.upgradehandler.socketio.internal.engine.Inbox;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sockets that share a name, its middleware and listeners. Thread-safe; no method blocks. */
public final class Namespace {

  private final SocketIo server;
  private final String name;
  private final @Nullable DynamicNamespace parent;
  private final List<Middleware> middleware = new CopyOnWriteArrayList<>();
  private final List<Consumer<Socket>> connecting = new CopyOnWriteArrayList<>();
  private final Listeners serverSide = new Listeners();
  private final Inbox serverSideInbox;
  private final Arrivals arrivals = new Arrivals(this);
  private final Adapter adapter;

  Namespace(SocketIo server, String name, @Nullable DynamicNamespace parent) {
    this.server = server;
    this.name = name;
    this.parent = parent;
    if (parent != null) {
      middleware.addAll(parent.middleware());
      connecting.addAll(parent.listeners());
    }
    serverSideInbox = new Inbox(server.work());
    adapter = server.adapters().create(this);
  }

  /** Its name, which begins with a slash. */
  public String name() {
    return name;
  }

  /** Asks middleware about each socket that joins, in the order of these calls. */
  public Namespace use(Middleware asked) {
    middleware.add(asked);
    return this;
  }

  /** Calls a listener with each socket that is connected. */
  public Namespace onConnection(Consumer<Socket> listener) {
    connecting.add(listener);
    return this;
  }

  /** Calls a listener for events that other nodes send by {@link #serverSideEmit}. */
  public Namespace onServerSide(String event, EventListener listener) {
    serverSide.on(event, listener);
    return this;
  }

  /** The sockets of this node, by their ids; a snapshot. */
  public Map<String, Socket> sockets() {
    return Map.copyOf(arrivals.sockets());
  }

  /** All sockets. */
  public Broadcast everyone() {
    return new Broadcast(this, Targets.ALL);
  }

  /** Those in rooms. */
  public Broadcast to(String... rooms) {
    return everyone().to(rooms);
  }

  /** The same as {@link #to}. */
  public Broadcast in(String... rooms) {
    return to(rooms);
  }

  /** All but those in rooms. */
  public Broadcast except(String... rooms) {
    return everyone().except(rooms);
  }

  /** Those of this node. */
  public Broadcast local() {
    return everyone().local();
  }

  /** All, as far as they can take it at once. */
  public Broadcast asVolatile() {
    return everyone().asVolatile();
  }

  /** Sends an event to all. */
  public void emit(String event, Object... args) {
    everyone().emit(event, args);
  }

  /** Sends an event that all answer, see {@link Broadcast#emitWithAck}. */
  public CompletableFuture<List<Args>> emitWithAck(Duration timeout, String event, Object... args) {
    return everyone().emitWithAck(timeout, event, args);
  }

  /** The sockets, on all nodes. */
  public CompletionStage<List<RemoteSocket>> fetchSockets() {
    return everyone().fetchSockets();
  }

  /** Has all sockets join rooms. */
  public void socketsJoin(String... rooms) {
    everyone().socketsJoin(rooms);
  }

  /** Has all sockets leave rooms. */
  public void socketsLeave(String... rooms) {
    everyone().socketsLeave(rooms);
  }

  /** Sends an event to the listeners of the other nodes. */
  public void serverSideEmit(String event, Object... args) {
    adapter.serverSideEmit(server.emitting().event(event, args));
  }

  /**
   * The same, and each node answers.
   *
   * @return completes with an answer of each other node; exceptionally with a {@link
   *     MissingAnswersException}, which has those that came, if not all have answered
   */
  public CompletionStage<List<Args>> serverSideEmitWithAck(String event, Object... args) {
    return adapter.serverSideEmitWithAck(server.emitting().event(event, args));
  }

  /**
   * For adapters: an event that another node has sent by {@link #serverSideEmit}. Listeners are
   * called by another thread, in the order of these calls.
   */
  public void receiveServerSide(JsonNode event, Ack ack) {
    String name = event.path(0).asText();
    Args args = Args.of(server.mapper(), event, 1);
    serverSideInbox.aside(() -> serverSide.incoming(name, args, ack));
  }

  /** For adapters: the threads that run the application's listeners. */
  public Executor executor() {
    return server.work().aside();
  }

  /** For adapters: runs a task after a time, on one of those threads. */
  public Future<?> after(Duration delay, Runnable task) {
    return server.work().after(delay, () -> executor().execute(task));
  }

  /** What knows its rooms. */
  public Adapter adapter() {
    return adapter;
  }

  /** The server that it is of. */
  public SocketIo server() {
    return server;
  }

  @Nullable DynamicNamespace parent() {
    return parent;
  }

  List<Middleware> middleware() {
    return List.copyOf(middleware);
  }

  List<Consumer<Socket>> connectionListeners() {
    return connecting;
  }

  @Nullable Socket connected(String id) {
    return arrivals.sockets().get(id);
  }

  /** The ids of those that are connected, as they come and go. */
  Set<String> ids() {
    return arrivals.sockets().keySet();
  }

  /** Through the adapter if the event has to be kept for a client that comes back. */
  void emitTo(Socket socket, ArrayNode content, boolean volatileOnly) {
    Packet packet = new Packet(PacketType.EVENT, name, null, content);
    if (server.config().recovery() == null) {
      socket.deliver(packet, server.codec().encode(packet), volatileOnly);
    } else {
      adapter.broadcast(packet, new Targets(Set.of(socket.id()), Set.of(), volatileOnly, true));
    }
  }

  /** Whose sockets come and go. */
  Arrivals arrivals() {
    return arrivals;
  }

  void close() {
    adapter.close();
  }
}
