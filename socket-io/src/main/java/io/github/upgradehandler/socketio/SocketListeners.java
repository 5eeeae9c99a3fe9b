package io.github.upgradehandler.socketio;

import static java.lang.System.Logger.Level.ERROR;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** What an application wants to know of one socket. Thread-safe. */
abstract class SocketListeners {

  private static final System.Logger LOG = System.getLogger("io.github.upgradehandler.socketio");

  private final Listeners listeners = new Listeners();
  private final List<EventMiddleware> middleware = new CopyOnWriteArrayList<>();
  private final List<Consumer<DisconnectReason>> disconnecting = new CopyOnWriteArrayList<>();
  private final List<Consumer<DisconnectReason>> disconnected = new CopyOnWriteArrayList<>();

  SocketListeners() {}

  /** Calls a listener for each event of a name. */
  public Socket on(String event, EventListener listener) {
    listeners.on(event, listener);
    return self();
  }

  /** Calls a listener for the next event of a name. */
  public Socket once(String event, EventListener listener) {
    listeners.once(event, listener);
    return self();
  }

  /** Removes a listener of a name. */
  public Socket off(String event, EventListener listener) {
    listeners.off(event, listener);
    return self();
  }

  /** Removes all listeners of a name. */
  public Socket off(String event) {
    listeners.off(event);
    return self();
  }

  /** The listeners of a name, in the order in which they are called; a copy. */
  public List<EventListener> listeners(String event) {
    return listeners.named(event);
  }

  /** Calls a listener for each event that comes, before those of its name. */
  public Socket onAny(AnyListener listener) {
    listeners.any().add(listener);
    return self();
  }

  /** The same as {@link #onAny}, before all that are there. */
  public Socket prependAny(AnyListener listener) {
    listeners.any().add(0, listener);
    return self();
  }

  /** Removes a listener of all events. */
  public Socket offAny(AnyListener listener) {
    listeners.any().remove(listener);
    return self();
  }

  /** Removes all listeners of all events. */
  public Socket offAny() {
    listeners.any().clear();
    return self();
  }

  /** The listeners of all events that come, in the order in which they are called; a copy. */
  public List<AnyListener> listenersAny() {
    return List.copyOf(listeners.any());
  }

  /** Calls a listener for each event that is sent, broadcasts too; on the thread that sends. */
  public Socket onAnyOutgoing(AnyListener listener) {
    listeners.anyOutgoing().add(listener);
    return self();
  }

  /** The same as {@link #onAnyOutgoing}, before all that are there. */
  public Socket prependAnyOutgoing(AnyListener listener) {
    listeners.anyOutgoing().add(0, listener);
    return self();
  }

  /** Removes a listener of all events that are sent. */
  public Socket offAnyOutgoing(AnyListener listener) {
    listeners.anyOutgoing().remove(listener);
    return self();
  }

  /** Removes all listeners of all events that are sent. */
  public Socket offAnyOutgoing() {
    listeners.anyOutgoing().clear();
    return self();
  }

  /** The listeners of all events that are sent, in the order in which they are called; a copy. */
  public List<AnyListener> listenersAnyOutgoing() {
    return List.copyOf(listeners.anyOutgoing());
  }

  /** Calls a listener at the end, while the socket is still in its rooms. */
  public Socket onDisconnecting(Consumer<DisconnectReason> listener) {
    disconnecting.add(listener);
    return self();
  }

  /** Calls a listener after the end. */
  public Socket onDisconnect(Consumer<DisconnectReason> listener) {
    disconnected.add(listener);
    return self();
  }

  /** Asks middleware about each event that comes. */
  public Socket use(EventMiddleware asked) {
    middleware.add(asked);
    return self();
  }

  abstract Socket self();

  final Listeners listeners() {
    return listeners;
  }

  /** The middleware that there is now. */
  final List<EventMiddleware> middleware() {
    return List.copyOf(middleware);
  }

  final void tellDisconnecting(DisconnectReason reason) {
    tell(disconnecting, reason);
  }

  final void tellDisconnect(DisconnectReason reason) {
    tell(disconnected, reason);
  }

  private static void tell(List<Consumer<DisconnectReason>> listeners, DisconnectReason reason) {
    for (Consumer<DisconnectReason> listener : listeners) {
      try {
        listener.accept(reason);
      } catch (RuntimeException e) {
        LOG.log(ERROR, "a listener of a socket's end failed", e);
      }
    }
  }
}
