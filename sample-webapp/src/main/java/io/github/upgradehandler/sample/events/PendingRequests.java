package io.github.upgradehandler.sample.events;

import com.google.gson.JsonElement;
import com.google.gson.JsonPrimitive;
import io.github.upgradehandler.WebSocket;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** What was asked of one peer and is not answered yet. */
final class PendingRequests {

  private static final String ATTRIBUTE = PendingRequests.class.getName();

  private final Map<String, CompletableFuture<@Nullable JsonElement>> answers =
      new ConcurrentHashMap<>();
  private final AtomicLong lastId = new AtomicLong();

  private PendingRequests() {}

  /** Those of a connection; they fail when it ends. */
  static PendingRequests of(WebSocket socket) {
    Object known = socket.attributes().get(ATTRIBUTE);
    if (known == null) {
      PendingRequests made = new PendingRequests();
      known = socket.attributes().putIfAbsent(ATTRIBUTE, made);
      if (known == null) {
        socket.whenClosed().thenRun(made::failAll);
        return made;
      }
    }
    return (PendingRequests) known;
  }

  CompletableFuture<@Nullable JsonElement> ask(
      WebSocket socket, String type, @Nullable Object data, Duration timeout) {
    String id = Long.toString(lastId.incrementAndGet());
    CompletableFuture<@Nullable JsonElement> answer = new CompletableFuture<>();
    // Put before sending: if the connection ends in between, one of the two notices.
    answers.put(id, answer);
    if (!socket.sendText(EventMessage.write(type, new JsonPrimitive(id), data)).isAccepted()) {
      answer.completeExceptionally(ended());
    }
    return answer
        .orTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
        .whenComplete((reply, failure) -> answers.remove(id));
  }

  /** A reply or an error came; one that nobody waits for has come too late. */
  void answered(EventMessage message) {
    JsonPrimitive id = message.id();
    CompletableFuture<@Nullable JsonElement> answer =
        id == null ? null : answers.get(id.getAsString());
    if (answer == null) {
      return;
    }
    if (EventMessage.ERROR.equals(message.type())) {
      answer.completeExceptionally(new EventRefusedException(message.problem()));
    } else {
      answer.complete(message.data());
    }
  }

  private void failAll() {
    answers.values().forEach(answer -> answer.completeExceptionally(ended()));
  }

  private static IOException ended() {
    return new IOException("the connection has ended");
  }
}
