package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import io.github.upgradehandler.socketio.internal.engine.RandomId;
import io.github.upgradehandler.socketio.internal.packet.PacketEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Sockets that share a name, its middleware and listeners. Thread-safe; no method blocks. */
public final class Namespace {

  private static final System.Logger LOG = System.getLogger("io.github.upgradehandler.socketio");

  private final SocketIo server;
  private final String name;
  private final @Nullable DynamicNamespace parent;
  private final List<Middleware> middleware = new CopyOnWriteArrayList<>();
  private final List<Consumer<Socket>> connecting = new CopyOnWriteArrayList<>();
  private final Listeners serverSide = new Listeners();
  private final Map<String, Socket> sockets = new ConcurrentHashMap<>();
  private final Map<String, Socket> byPid = new ConcurrentHashMap<>();
  private final Adapter adapter;

  Namespace(SocketIo server, String name, @Nullable DynamicNamespace parent) {
    this.server = server;
    this.name = name;
    this.parent = parent;
    if (parent != null) {
      middleware.addAll(parent.middleware());
      connecting.addAll(parent.listeners());
    }
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
    return Map.copyOf(sockets);
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
    adapter.serverSideEmit(Emitting.event(server.mapper(), event, args));
  }

  /** For adapters: an event that another node has sent by {@link #serverSideEmit}. */
  public void receiveServerSide(JsonNode event, Ack ack) {
    serverSide.incoming(event.get(0).asText(), Args.of(server.mapper(), event, 1), ack);
  }

  /** What knows its rooms. */
  public Adapter adapter() {
    return adapter;
  }

  /** The server that it is of. */
  public SocketIo server() {
    return server;
  }

  @Nullable Socket connected(String id) {
    return sockets.get(id);
  }

  Set<String> ids() {
    return Set.copyOf(sockets.keySet());
  }

  /** Through the adapter if the event has to be kept for a client that comes back. */
  void emitTo(Socket socket, ArrayNode content, boolean volatileOnly) {
    Packet packet = new Packet(PacketType.EVENT, name, null, content);
    if (server.config().recovery() == null) {
      socket.deliver(packet, PacketEncoder.encode(packet), volatileOnly);
    } else {
      adapter.broadcast(packet, new Targets(Set.of(socket.id()), Set.of(), volatileOnly, true));
    }
  }

  /** A client asks to join; in its inbox. */
  void add(Client client, JsonNode auth) {
    Resumption resumption = resumption(client, auth);
    SavedSession session = resumption.session();
    Socket socket =
        new Socket(
            this,
            client,
            session == null ? client.newId(name) : session.sid(),
            new SocketHandshake(client.session().handshake(), auth, Instant.now()),
            resumption);
    Recovery recovery = server.config().recovery();
    boolean skip = session != null && recovery != null && recovery.skipMiddlewares();
    Chain.ask(
        skip ? List.of() : List.copyOf(middleware),
        (asked, next) -> asked.handle(socket, next),
        client.session().inbox(),
        server.mapper(),
        new Chain.Outcome() {
          @Override
          public void proceed() {
            connect(socket);
          }

          @Override
          public void refuse(String message, @Nullable JsonNode data) {
            adapter.removeAll(socket.id());
            client.refused(Namespace.this, message, data);
            removeIfEmpty();
          }
        });
  }

  private Resumption resumption(Client client, JsonNode auth) {
    if (server.config().recovery() == null || client.isOld()) {
      return Resumption.none();
    }
    JsonNode pid = auth.get("pid");
    JsonNode offset = auth.get("offset");
    if (pid != null && pid.isTextual()) {
      takeOver(pid.textValue());
      Optional<SavedSession> saved =
          adapter.restore(
              pid.textValue(),
              offset != null && offset.isTextual()
                  ? Optional.of(offset.textValue())
                  : Optional.empty());
      if (saved.isPresent()) {
        return Resumption.of(saved.get());
      }
    }
    return Resumption.of(RandomId.next());
  }

  /** The client is back before its connection was known to be broken. */
  private void takeOver(String pid) {
    Socket old = byPid.get(pid);
    if (old != null) {
      forget(old, DisconnectReason.TRANSPORT_CLOSE);
      old.client().session().close(DisconnectReason.TRANSPORT_CLOSE);
    }
  }

  private void connect(Socket socket) {
    if (socket.client().isClosed()) {
      adapter.removeAll(socket.id());
      removeIfEmpty();
      return;
    }
    socket.connect();
    if (adapter instanceof RecoveringAdapter recovering) {
      recovering.connect(socket, () -> know(socket));
    } else {
      adapter.addAll(socket.id(), Set.of(socket.id()));
      socket.sendConnect();
      know(socket);
    }
    for (Consumer<Socket> listener : connecting) {
      try {
        listener.accept(socket);
      } catch (RuntimeException e) {
        LOG.log(System.Logger.Level.ERROR, "a listener of connections failed", e);
      }
    }
  }

  private void know(Socket socket) {
    sockets.put(socket.id(), socket);
    String pid = socket.resumption().pid();
    if (pid != null) {
      byPid.put(pid, socket);
    }
  }

  /** Whoever comes first: the socket's end, or its client that is back. */
  private void forget(Socket socket, DisconnectReason reason) {
    if (!sockets.remove(socket.id(), socket)) {
      return;
    }
    String pid = socket.resumption().pid();
    if (pid != null) {
      byPid.remove(pid, socket);
    }
    SavedSession saved =
        socket.resumption().save(socket.id(), socket.rooms(), Map.copyOf(socket.data()));
    if (saved != null && reason.isRecoverable()) {
      adapter.persist(saved);
    }
    adapter.removeAll(socket.id());
  }

  /** A socket has ended; in its inbox. */
  void ended(Socket socket, DisconnectReason reason) {
    forget(socket, reason);
    removeIfEmpty();
  }

  private void removeIfEmpty() {
    if (parent != null && sockets.isEmpty() && server.config().cleanupEmptyChildNamespaces()) {
      server.remove(this);
    }
  }

  void close() {
    adapter.close();
  }
}
