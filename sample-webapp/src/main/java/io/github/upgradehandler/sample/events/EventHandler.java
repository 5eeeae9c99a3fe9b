package io.github.upgradehandler.sample.events;

import com.google.gson.JsonElement;
import com.google.gson.JsonParseException;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.sample.Failures;
import io.github.upgradehandler.sample.Heartbeat;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/** Speaks named events in JSON with many connections; the package says how they look. */
public class EventHandler implements WebSocketHandler {

  private record Registration<T>(Class<T> dataType, EventListener<T> listener) {

    @Nullable Object handle(WebSocket socket, EventMessage message) throws EventRefusedException {
      T data;
      try {
        data = message.dataAs(dataType);
      } catch (JsonParseException e) {
        throw new EventRefusedException("invalid data");
      }
      return listener.handle(socket, data);
    }
  }

  private static final System.Logger LOG = System.getLogger(EventHandler.class.getName());

  private final Map<String, Registration<?>> registrations = new HashMap<>();

  /** A handler that knows no types yet. */
  protected EventHandler() {}

  /**
   * Says what is done with a type; to be called before there are connections.
   *
   * @param dataType a record, or {@link JsonElement} for data of any form
   */
  protected final <T> void on(String type, Class<T> dataType, EventListener<T> listener) {
    registrations.put(type, new Registration<>(dataType, listener));
  }

  /** An event to be sent to many. */
  public static PreparedMessage event(String type, @Nullable Object data) {
    return PreparedMessage.text(EventMessage.write(type, null, data));
  }

  /** Sends an event. */
  public static SendResult send(WebSocket socket, String type, @Nullable Object data) {
    return socket.sendText(EventMessage.write(type, null, data));
  }

  /**
   * Asks the peer.
   *
   * @param timeout how long to wait for the answer
   * @return becomes the reply's data, null for an acknowledgement; or fails, with an {@link
   *     EventRefusedException} if the peer answers with an error, a {@link
   *     java.util.concurrent.TimeoutException}, or an {@link java.io.IOException} if the connection
   *     has ended
   */
  public static CompletableFuture<@Nullable JsonElement> request(
      WebSocket socket, String type, @Nullable Object data, Duration timeout) {
    return PendingRequests.of(socket).ask(socket, type, data, timeout);
  }

  @Override
  public final void onText(WebSocket socket, String text) {
    if (Heartbeat.answered(socket, text)) {
      return;
    }
    EventMessage message;
    try {
      message = EventMessage.parse(text);
    } catch (JsonParseException e) {
      socket.sendText(EventMessage.error(null, "invalid JSON"));
      return;
    }
    String type = message.type();
    if (type == null) {
      socket.sendText(EventMessage.error(message.id(), "missing type"));
    } else if (type.equals(EventMessage.REPLY) || type.equals(EventMessage.ERROR)) {
      // Never answered by an error: two ends that did so would never stop.
      PendingRequests.of(socket).answered(message);
    } else {
      answer(socket, type, message);
    }
  }

  private void answer(WebSocket socket, String type, EventMessage message) {
    try {
      Registration<?> registration = registrations.get(type);
      if (registration == null) {
        throw new EventRefusedException("unknown type");
      }
      Object result = registration.handle(socket, message);
      if (result instanceof CompletionStage<?> later) {
        later.whenComplete(
            (value, error) -> {
              if (error == null) {
                reply(socket, message, value);
              } else {
                failed(socket, message, error);
              }
            });
      } else {
        reply(socket, message, result);
      }
    } catch (EventRefusedException | RuntimeException e) {
      failed(socket, message, e);
    }
  }

  private static void reply(WebSocket socket, EventMessage message, @Nullable Object result) {
    if (message.id() != null) {
      socket.sendText(EventMessage.write(EventMessage.REPLY, message.id(), result));
    }
  }

  private static void failed(WebSocket socket, EventMessage message, Throwable error) {
    Throwable cause = Failures.cause(error);
    if (cause instanceof EventRefusedException) {
      socket.sendText(EventMessage.error(message.id(), String.valueOf(cause.getMessage())));
    } else {
      LOG.log(Level.ERROR, socket.id() + ": '" + message.type() + "' failed", cause);
      socket.sendText(EventMessage.error(message.id(), "internal error"));
    }
  }
}
