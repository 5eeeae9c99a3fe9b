package io.github.upgradehandler.redis;

import io.github.upgradehandler.room.log.EngineException;
import io.github.upgradehandler.room.log.EngineException.Effect;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Keeps a link to Redis, and sends over it what any thread asks for. */
final class Connector {

  private static final Duration FIRST_RETRY = Duration.ofMillis(50);
  private static final Duration LAST_RETRY = Duration.ofSeconds(1);
  private static final int MOST_DOUBLINGS = 10;

  /** Is told of the end of a link and of the next one, by the worker. */
  interface User {

    void away();

    /** Nothing is subscribed. */
    void back();
  }

  private final Worker worker;
  private final Opening opening;
  private final Monitor monitor;
  private final List<User> users = new CopyOnWriteArrayList<>();
  private final Queue<Consumer<@Nullable Link>> commands = new ConcurrentLinkedQueue<>();
  private final AtomicBoolean draining = new AtomicBoolean();

  // All confined to the worker, until it has ended.
  private @Nullable Link link;
  private String reason = "not connected yet";
  private int failures;
  private volatile boolean closed;

  Connector(Worker worker, Opening opening, Monitor monitor) {
    this.worker = worker;
    this.opening = opening;
    this.monitor = monitor;
  }

  void add(User user) {
    users.add(user);
  }

  void remove(User user) {
    users.remove(user);
  }

  /**
   * Connects, again and again; the stage tells of the first try that was answered. In a process
   * that has just begun and is busy, the first may take too long.
   */
  CompletionStage<Void> start() {
    CompletableFuture<Void> first = new CompletableFuture<>();
    worker.execute(() -> connect(first));
    return first;
  }

  private void connect(CompletableFuture<Void> first) {
    if (closed) {
      return;
    }
    opening
        .open()
        .whenComplete(
            (opened, error) ->
                worker.execute(
                    () -> {
                      if (opened != null) {
                        connected(opened);
                        first.complete(null);
                      } else {
                        Throwable cause = RedisErrors.cause(error);
                        failed(cause, first);
                        if (!RedisErrors.isSilence(cause)) {
                          first.completeExceptionally(cause);
                        }
                      }
                    }));
  }

  private void connected(Link opened) {
    if (closed) {
      opened.close();
      return;
    }
    link = opened;
    failures = 0;
    opened.onEnd(why -> worker.execute(() -> lost(opened, why)));
    new Probe(opened, worker, opening.probeChannel(), monitor, why -> lost(opened, why)).start();
    monitor.connected(opened.server().incarnation());
    users.forEach(User::back);
  }

  private void failed(Throwable error, CompletableFuture<Void> first) {
    if (closed) {
      return;
    }
    String why = String.valueOf(error.getMessage());
    if (!why.equals(reason)) {
      Worker.LOG.log(Level.WARNING, why);
    }
    reason = why;
    monitor.failed(why);
    long most =
        Math.min(LAST_RETRY.toNanos(), FIRST_RETRY.toNanos() << Math.min(MOST_DOUBLINGS, failures));
    failures++;
    // Nodes must not come back all at once.
    Duration delay = Duration.ofNanos(ThreadLocalRandom.current().nextLong(most / 2, most + 1));
    worker.after(delay, () -> connect(first));
  }

  /** Ends a link, if it is the present one, and begins anew. */
  private void lost(Link ended, String why) {
    if (link != ended) {
      return;
    }
    link = null;
    ended.close();
    Worker.LOG.log(Level.WARNING, "Redis at " + opening.address() + " is away: " + why);
    monitor.away(why);
    users.forEach(User::away);
    failed(new RedisStartException(why), new CompletableFuture<>());
  }

  /** Asks something; while Redis is away it fails at once. */
  <T> CompletionStage<T> ask(Function<Link, CompletionStage<T>> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    queue(
        present -> {
          if (present == null) {
            answer.completeExceptionally(
                closed
                    ? new EngineException(Effect.NEVER, "the connection to Redis was closed")
                    : new EngineException(Effect.NONE, "Redis is away: " + reason));
          } else {
            question
                .apply(present)
                .whenComplete((done, error) -> complete(present, answer, done, error));
          }
        });
    return answer;
  }

  private <T> void complete(
      Link asked, CompletableFuture<T> answer, @Nullable T done, @Nullable Throwable error) {
    if (error == null) {
      answer.complete(done);
      return;
    }
    if (RedisErrors.endsConnection(error)) {
      worker.execute(() -> lost(asked, RedisErrors.message(error)));
    }
    answer.completeExceptionally(RedisErrors.of(error));
  }

  /** Does something with the link in the order of the calls; while Redis is away nothing. */
  void tell(Consumer<Link> command) {
    queue(
        present -> {
          if (present != null) {
            command.accept(present);
          }
        });
  }

  private void queue(Consumer<@Nullable Link> command) {
    commands.add(command);
    if (draining.compareAndSet(false, true)) {
      worker.execute(this::drain);
    }
  }

  private void drain() {
    draining.set(false);
    for (Consumer<@Nullable Link> next = commands.poll(); next != null; next = commands.poll()) {
      next.accept(link);
    }
    if (link != null) {
      link.flush();
    }
  }

  /** Ends the link for good; called by the worker. */
  CompletionStage<Void> close() {
    closed = true;
    Link last = link;
    link = null;
    users.forEach(User::away);
    drain();
    return last == null ? CompletableFuture.completedStage(null) : last.close();
  }
}
