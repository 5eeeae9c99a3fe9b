package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.socketio.internal.engine.EngineWork;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The answers that one socket's client owes. Thread-safe. */
final class PendingAcks {

  private final EngineWork work;
  private final int most;
  private final Map<Long, CompletableFuture<JsonNode>> pending = new HashMap<>(); // guarded by this
  private long next; // guarded by this
  private boolean closed; // guarded by this

  PendingAcks(EngineWork work, int most) {
    this.work = work;
    this.most = most;
  }

  /** An event's id and what becomes of it. */
  record Question(long id, CompletableFuture<JsonNode> answer) {}

  /**
   * A new question.
   *
   * @param timeout null for as long as the socket is connected
   */
  Question ask(@Nullable Duration timeout) {
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    long id;
    synchronized (this) {
      id = next++;
      if (closed) {
        answer.completeExceptionally(new DisconnectedException());
        return new Question(id, answer);
      }
      if (pending.size() >= most) {
        answer.completeExceptionally(
            new IllegalStateException(
                "more acknowledgements are awaited than maxPendingAcks, " + most));
        return new Question(id, answer);
      }
      pending.put(id, answer);
    }
    if (timeout != null) {
      Future<?> timer =
          work.after(
              timeout,
              () ->
                  work.aside()
                      .execute(
                          () ->
                              answer.completeExceptionally(
                                  new TimeoutException("operation has timed out"))));
      CompletableFuture<JsonNode> unused =
          answer.whenComplete((value, failure) -> timer.cancel(false));
    }
    CompletableFuture<JsonNode> unused = answer.whenComplete((value, failure) -> forget(id));
    return new Question(id, answer);
  }

  /** The client has answered; unknown ids are ignored. */
  void answered(long id, JsonNode values) {
    CompletableFuture<JsonNode> answer;
    synchronized (this) {
      answer = pending.remove(id);
    }
    if (answer != null) {
      answer.complete(values);
    }
  }

  /** No more answers come. */
  void close() {
    List<CompletableFuture<JsonNode>> open;
    synchronized (this) {
      closed = true;
      open = List.copyOf(pending.values());
    }
    open.forEach(answer -> answer.completeExceptionally(new DisconnectedException()));
  }

  synchronized int size() {
    return pending.size();
  }

  private synchronized void forget(long id) {
    pending.remove(id);
  }
}
