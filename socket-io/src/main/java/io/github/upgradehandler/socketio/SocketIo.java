package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.upgradehandler.socketio.internal.engine.EngineWork;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Consumer;
import java.util.regex.Pattern;

/**
 * A Socket.IO server: its namespaces. Made by {@link SocketIoServlet}. Thread-safe; no method
 * blocks.
 */
public final class SocketIo {

  private final SocketIoConfig config;
  private final ObjectMapper mapper;
  private final Adapter.Factory adapters;
  private final EngineWork work;
  private final Map<String, Namespace> namespaces = new ConcurrentHashMap<>();
  private final List<DynamicNamespace> dynamic = new CopyOnWriteArrayList<>();

  SocketIo(SocketIoConfig config, ObjectMapper mapper, Adapter.Factory adapters, EngineWork work) {
    this.config = config;
    this.mapper = mapper;
    this.adapters = adapters;
    this.work = work;
    namespaces.put("/", new Namespace(this, "/", null));
  }

  /** What turns Java's values into JSON unless an application has its own. */
  static ObjectMapper defaultMapper() {
    return JsonMapper.builder().findAndAddModules().build();
  }

  /** The adapter of one node, which keeps what clients miss if the options want that. */
  static Adapter.Factory defaultAdapters() {
    return namespace -> {
      Recovery recovery = namespace.server().config().recovery();
      return recovery == null
          ? new InMemoryAdapter(namespace)
          : new RecoveringAdapter(namespace, recovery, System::nanoTime);
    };
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

  Adapter.Factory adapters() {
    return adapters;
  }

  /** The namespace that a client asks for; empty if there is none, and none is to be made. */
  Optional<Namespace> find(String name, JsonNode auth) {
    Namespace known = namespaces.get(name);
    return known != null
        ? Optional.of(known)
        : dynamic.stream()
            .filter(parent -> parent.accepts(name, auth))
            .findFirst()
            .map(parent -> made(name, parent));
  }

  /** One that is made by hand has what a dynamic one of its name would have. */
  private Namespace made(String name) {
    return namespaces.computeIfAbsent(
        name,
        key ->
            dynamic.stream()
                .filter(parent -> parent.accepts(name, mapper.createObjectNode()))
                .findFirst()
                .map(parent -> new Namespace(this, key, parent))
                .orElseGet(() -> new Namespace(this, key, null)));
  }

  private Namespace made(String name, DynamicNamespace parent) {
    return namespaces.computeIfAbsent(name, key -> new Namespace(this, key, parent));
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
