package io.github.upgradehandler.socketio;

import static java.lang.System.Logger.Level.ERROR;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import io.github.upgradehandler.socketio.internal.engine.EngineWork;
import io.github.upgradehandler.socketio.internal.packet.PacketCodec;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A Socket.IO server: its namespaces. Made by {@link SocketIoServlet}. Thread-safe; no method
 * blocks.
 */
public final class SocketIo {

  private static final System.Logger LOG = System.getLogger("io.github.upgradehandler.socketio");

  private final SocketIoConfig config;
  private final ObjectMapper mapper;
  private final Emitting emitting;
  private final Adapter.Factory adapters;
  private final EngineWork work;
  private final PacketCodec codec;
  private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
  private final List<DynamicNamespace> dynamic = new CopyOnWriteArrayList<>();
  private final Map<String, Namespace> beingMade = new HashMap<>(); // guarded by the monitor
  private final List<Consumer<Namespace>> newNamespace = new CopyOnWriteArrayList<>();

  SocketIo(SocketIoConfig config, ObjectMapper mapper, Adapter.Factory adapters, EngineWork work) {
    this.config = config;
    this.mapper = mapper;
    this.emitting = new Emitting(mapper);
    this.adapters = adapters;
    this.work = work;
    codec = PacketCodec.of(config.parser());
    namespaces.put("/", new Namespace(this, "/", null));
  }

  /** What turns Java's values into JSON unless an application has its own. */
  static ObjectMapper defaultMapper() {
    return JsonMapper.builder(
            JsonFactory.builder()
                .recyclerPool(JsonRecyclerPools.newConcurrentDequePool()) // threads are others'
                .build())
        .findAndAddModules()
        .build();
  }

  /** The options in force. */
  public SocketIoConfig config() {
    return config;
  }

  /** What turns Java's values into JSON and back. */
  public ObjectMapper mapper() {
    return mapper;
  }

  /** A namespace, which is made if there is none; a name without a slash gets one. */
  public Namespace of(String name) {
    return made(name.startsWith("/") ? name : "/" + name);
  }

  /** Namespaces that are made when a client asks for one whose whole name matches. */
  public DynamicNamespace of(Pattern names) {
    return of((name, auth) -> names.matcher(name).matches());
  }

  /**
   * Namespaces that are made when a client asks for one.
   *
   * @param accepts asked with the name and what the client has given, in the order of these calls
   */
  public DynamicNamespace of(BiPredicate<String, JsonNode> accepts) {
    DynamicNamespace parent = new DynamicNamespace(accepts);
    dynamic.add(parent);
    return parent;
  }

  /** The main namespace. */
  public Namespace sockets() {
    return of("/");
  }

  /** See {@link Namespace#use}, of the main namespace. */
  public SocketIo use(Middleware asked) {
    sockets().use(asked);
    return this;
  }

  /** See {@link Namespace#onConnection}, of the main namespace. */
  public SocketIo onConnection(Consumer<Socket> listener) {
    sockets().onConnection(listener);
    return this;
  }

  /**
   * Calls a listener with each namespace that is made after this, dynamic ones too, before a client
   * is in it; on the thread that makes it, and while no other is made.
   */
  public SocketIo onNewNamespace(Consumer<Namespace> listener) {
    newNamespace.add(listener);
    return this;
  }

  /** Sends an event to all of the main namespace. */
  public void emit(String event, Object... args) {
    sockets().emit(event, args);
  }

  /** Those of the main namespace that are in rooms. */
  public Broadcast to(String... rooms) {
    return sockets().to(rooms);
  }

  /** The same as {@link #to}. */
  public Broadcast in(String... rooms) {
    return to(rooms);
  }

  /** All of the main namespace but those in rooms. */
  public Broadcast except(String... rooms) {
    return sockets().except(rooms);
  }

  EngineWork work() {
    return work;
  }

  /** The messages that carry a packet to these. */
  List<EnginePacket> encode(Packet packet, Targets targets) {
    List<EnginePacket> encoded = codec.encode(packet);
    return targets.compress() ? encoded : encoded.stream().map(EnginePacket::uncompressed).toList();
  }

  /** What makes packets' content of Java's values. */
  Emitting emitting() {
    return emitting;
  }

  PacketCodec codec() {
    return codec;
  }

  Adapter.Factory adapters() {
    return adapters;
  }

  /** The namespace that a client asks for; empty if there is none, and none is to be made. */
  Optional<Namespace> find(String name, JsonNode auth) {
    Namespace known = namespaces.get(name);
    if (known != null) {
      return Optional.of(known);
    }
    return isFull()
        ? Optional.empty()
        : dynamic.stream()
            .filter(parent -> parent.accepts(name, auth))
            .findFirst()
            .map(parent -> made(name, parent));
  }

  /** Whether no dynamic namespace is made any more. */
  boolean isFull() {
    return namespaces.size() >= config.limits().maxNamespaces();
  }

  /** One that is made by hand has what a dynamic one of its name would have. */
  private Namespace made(String name) {
    Namespace known = namespaces.get(name);
    return known != null
        ? known
        : made(
            name,
            dynamic.stream()
                .filter(parent -> parent.accepts(name, mapper.createObjectNode()))
                .findFirst()
                .orElse(null));
  }

  /** Nobody finds one that the listeners have not seen, but they themselves. */
  private synchronized Namespace made(String name, @Nullable DynamicNamespace parent) {
    Namespace known = namespaces.get(name);
    if (known == null) {
      known = beingMade.get(name);
    }
    if (known != null) {
      return known;
    }
    Namespace made = new Namespace(this, name, parent);
    beingMade.put(name, made);
    newNamespace.forEach(listener -> tell(listener, made));
    namespaces.put(name, made);
    beingMade.remove(name);
    return made;
  }

  private static void tell(Consumer<Namespace> listener, Namespace made) {
    try {
      listener.accept(made);
    } catch (RuntimeException e) {
      LOG.log(ERROR, "a listener of new namespaces failed", e);
    }
  }

  void remove(Namespace namespace) {
    if (namespaces.remove(namespace.name(), namespace)) {
      namespace.close();
    }
  }

  void close() {
    namespaces.values().forEach(Namespace::close);
  }
}
