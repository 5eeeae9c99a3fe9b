package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** Collects the answers to a broadcast, of as many nodes as there are. Thread-safe. */
final class BroadcastAnswers {

  private final Namespace namespace;
  private final CompletableFuture<List<Args>> result = new CompletableFuture<>();
  private final List<Args> answers = new ArrayList<>(); // guarded by this
  private int nodes = -1; // guarded by this; unknown at first
  private int counted; // guarded by this
  private int asked; // guarded by this
  private @Nullable String failure; // guarded by this; why other nodes are not asked
  private @Nullable Inquiry inquiry; // guarded by this

  private BroadcastAnswers(Namespace namespace) {
    this.namespace = namespace;
  }

  static CompletableFuture<List<Args>> ask(
      Namespace namespace, Packet packet, Targets targets, Duration timeout) {
    BroadcastAnswers collected = new BroadcastAnswers(namespace);
    collected.start(packet, targets, timeout);
    return collected.result;
  }

  private void start(Packet packet, Targets targets, Duration timeout) {
    Future<?> timer = namespace.after(timeout, this::timedOut);
    CompletableFuture<List<Args>> unused =
        result.whenComplete((value, failure) -> timer.cancel(false));
    Adapter adapter = namespace.adapter();
    Inquiry asked =
        adapter.broadcastWithAck(packet, targets, timeout, this::counted, this::answered);
    synchronized (this) {
      inquiry = asked;
    }
    CompletableFuture<List<Args>> unusedEnd = result.whenComplete((value, failed) -> asked.end());
    if (targets.local()) {
      known(1, null);
    } else {
      var unusedCount =
          adapter
              .serverCount()
              .whenComplete((count, error) -> known(count == null ? 1 : count, error));
    }
  }

  private void known(int count, @Nullable Throwable error) {
    synchronized (this) {
      nodes = count;
      failure = error == null ? null : "the other nodes were not asked: " + reason(error);
    }
    check();
  }

  private static @Nullable String reason(Throwable error) {
    return error instanceof CompletionException && error.getCause() != null
        ? error.getCause().getMessage()
        : error.getMessage();
  }

  private void counted(int sockets) {
    synchronized (this) {
      counted++;
      asked += sockets;
    }
    check();
  }

  private void answered(JsonNode values) {
    synchronized (this) {
      answers.add(Args.of(namespace.server().mapper(), values, 0));
    }
    check();
  }

  private void check() {
    List<Args> complete;
    String missing;
    synchronized (this) {
      if (nodes < 0 || counted < nodes || answers.size() < asked) {
        return;
      }
      complete = List.copyOf(answers);
      missing = failure;
    }
    if (missing == null) {
      finish(() -> result.complete(complete));
    } else {
      fail(new MissingAnswersException(missing, complete, List.of()));
    }
  }

  private void fail(MissingAnswersException error) {
    finish(() -> result.completeExceptionally(error));
  }

  /** Nothing is open any more when it is told. */
  private void finish(Runnable telling) {
    Inquiry ended;
    synchronized (this) {
      ended = inquiry;
    }
    namespace
        .executor()
        .execute(
            () -> {
              if (ended != null) {
                ended.end();
              }
              telling.run();
            });
  }

  private void timedOut() {
    List<Args> some;
    String message = "operation has timed out";
    Inquiry asking;
    synchronized (this) {
      some = List.copyOf(answers);
      asking = inquiry;
      message += ": " + some.size() + " of " + asked + " clients have answered";
      if (counted < nodes) {
        message += ", " + (nodes - counted) + " of " + nodes + " nodes have not said whom they ask";
      }
    }
    List<String> nodesMissing = asking == null ? List.of() : asking.silent();
    fail(
        new MissingAnswersException(
            nodesMissing.isEmpty() ? message : message + ": " + String.join(", ", nodesMissing),
            some,
            nodesMissing));
  }
}
