package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;

/** Collects the answers to a broadcast, of as many nodes as there are. Thread-safe. */
final class BroadcastAnswers {

  private final Namespace namespace;
  private final CompletableFuture<List<Args>> result = new CompletableFuture<>();
  private final List<Args> answers = new ArrayList<>(); // guarded by this
  private int nodes = -1; // guarded by this; unknown at first
  private int counted; // guarded by this
  private int asked; // guarded by this

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
    var work = namespace.server().work();
    Future<?> timer = work.after(timeout, () -> work.aside().execute(this::timedOut));
    CompletableFuture<List<Args>> unused =
        result.whenComplete((value, failure) -> timer.cancel(false));
    namespace.adapter().broadcastWithAck(packet, targets, this::counted, this::answered);
    if (targets.local()) {
      known(1);
    } else {
      var ignored = namespace.adapter().serverCount().thenAccept(this::known);
    }
  }

  private void known(int count) {
    synchronized (this) {
      nodes = count;
    }
    check();
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
    synchronized (this) {
      if (nodes < 0 || counted < nodes || answers.size() < asked) {
        return;
      }
      complete = List.copyOf(answers);
    }
    result.complete(complete);
  }

  private void timedOut() {
    List<Args> some;
    synchronized (this) {
      some = List.copyOf(answers);
    }
    result.completeExceptionally(new MissingAnswersException(some));
  }
}
