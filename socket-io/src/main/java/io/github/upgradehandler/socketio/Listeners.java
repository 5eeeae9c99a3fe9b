package io.github.upgradehandler.socketio;

import static java.lang.System.Logger.Level.ERROR;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** The listeners of one socket or namespace. Thread-safe; what they throw is logged. */
final class Listeners {

  private static final System.Logger LOG = System.getLogger("io.github.upgradehandler.socketio");

  private final Map<String, List<EventListener>> named = new ConcurrentHashMap<>();
  private final List<AnyListener> any = new CopyOnWriteArrayList<>();
  private final List<AnyListener> anyOutgoing = new CopyOnWriteArrayList<>();

  /** Is removed by its first event, and by the listener that it calls. */
  private final class Once implements EventListener {

    private final String event;
    private final EventListener listener;
    private final AtomicBoolean called = new AtomicBoolean();

    private Once(String event, EventListener listener) {
      this.event = event;
      this.listener = listener;
    }

    @Override
    public void onEvent(Args args, Ack ack) throws Exception {
      if (!called.getAndSet(true)) {
        off(event, this);
        listener.onEvent(args, ack);
      }
    }
  }

  void on(String event, EventListener listener) {
    named.compute(
        event,
        (name, listeners) -> {
          List<EventListener> all = listeners == null ? new CopyOnWriteArrayList<>() : listeners;
          all.add(listener);
          return all;
        });
  }

  void once(String event, EventListener listener) {
    on(event, new Once(event, listener));
  }

  /** As Node does, of several that are the same the one that came last. */
  void off(String event, EventListener listener) {
    named.computeIfPresent(
        event,
        (name, listeners) -> {
          for (int i = listeners.size() - 1; i >= 0; i--) {
            EventListener known = listeners.get(i);
            if (known == listener || given(known) == listener) {
              listeners.remove(i);
              break;
            }
          }
          return listeners.isEmpty() ? null : listeners;
        });
  }

  void off(String event) {
    named.remove(event);
  }

  /** Those of a name, as they were given. */
  List<EventListener> named(String event) {
    return named.getOrDefault(event, List.of()).stream().map(Listeners::given).toList();
  }

  private static EventListener given(EventListener known) {
    return known instanceof Once once ? once.listener : known;
  }

  /** Those of all events that come; may be changed. */
  List<AnyListener> any() {
    return any;
  }

  /** Those of all events that are sent; may be changed. */
  List<AnyListener> anyOutgoing() {
    return anyOutgoing;
  }

  boolean hasOutgoing() {
    return !anyOutgoing.isEmpty();
  }

  void outgoing(String event, Args args) {
    tell(anyOutgoing, event, args);
  }

  void incoming(String event, Args args, Ack ack) {
    tell(any, event, args);
    for (EventListener listener : named.getOrDefault(event, List.of())) {
      try {
        listener.onEvent(args, ack);
      } catch (Exception e) {
        LOG.log(ERROR, "a listener of a Socket.IO event failed", e);
      }
    }
  }

  private static void tell(List<AnyListener> listeners, String event, Args args) {
    for (AnyListener listener : listeners) {
      try {
        listener.onEvent(event, args);
      } catch (Exception e) {
        LOG.log(ERROR, "a catch-all listener of Socket.IO failed", e);
      }
    }
  }
}
