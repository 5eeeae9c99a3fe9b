package io.github.upgradehandler.socketio;

import static java.lang.System.Logger.Level.ERROR;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** The listeners of one socket or namespace. Thread-safe; what they throw is logged. */
final class Listeners {

  private static final System.Logger LOG = System.getLogger("io.github.upgradehandler.socketio");

  private final Map<String, List<EventListener>> named = new ConcurrentHashMap<>();
  private final List<AnyListener> any = new CopyOnWriteArrayList<>();
  private final List<AnyListener> anyOutgoing = new CopyOnWriteArrayList<>();

  void on(String event, EventListener listener) {
    named.computeIfAbsent(event, name -> new CopyOnWriteArrayList<>()).add(listener);
  }

  void once(String event, EventListener listener) {
    on(
        event,
        new EventListener() {
          @Override
          public void onEvent(Args args, Ack ack) throws Exception {
            off(event, this);
            listener.onEvent(args, ack);
          }
        });
  }

  void off(String event, EventListener listener) {
    named.computeIfPresent(
        event,
        (name, listeners) -> {
          listeners.remove(listener);
          return listeners.isEmpty() ? null : listeners;
        });
  }

  void off(String event) {
    named.remove(event);
  }

  void onAny(AnyListener listener) {
    any.add(listener);
  }

  void offAny(AnyListener listener) {
    any.remove(listener);
  }

  void onAnyOutgoing(AnyListener listener) {
    anyOutgoing.add(listener);
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
