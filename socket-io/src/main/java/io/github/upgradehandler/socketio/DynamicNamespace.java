package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiPredicate;
import java.util.function.Consumer;

/**
 * Namespaces that come into being when a client asks for one; each has the middleware and the
 * listeners that this has then. Thread-safe.
 */
public final class DynamicNamespace {

  private final BiPredicate<String, JsonNode> accepts;
  private final List<Middleware> middleware = new CopyOnWriteArrayList<>();
  private final List<Consumer<Socket>> listeners = new CopyOnWriteArrayList<>();

  DynamicNamespace(BiPredicate<String, JsonNode> accepts) {
    this.accepts = accepts;
  }

  /** See {@link Namespace#use}. */
  public DynamicNamespace use(Middleware asked) {
    middleware.add(asked);
    return this;
  }

  /** See {@link Namespace#onConnection}. */
  public DynamicNamespace onConnection(Consumer<Socket> listener) {
    listeners.add(listener);
    return this;
  }

  boolean accepts(String name, JsonNode auth) {
    return accepts.test(name, auth);
  }

  List<Middleware> middleware() {
    return middleware;
  }

  List<Consumer<Socket>> listeners() {
    return listeners;
  }
}
