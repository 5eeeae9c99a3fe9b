package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.presence.Part;
import io.github.upgradehandler.room.presence.PresenceEngine;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One node's engine: its connection to the store delays, drops and is cut; the node stops. */
final class SimulatedPresence implements PresenceEngine {

  private static final Duration TIMEOUT = Duration.ofSeconds(1);

  private final SimulatedPresenceStore store;
  private final List<SimulatedPresence> nodes;
  private final VirtualTime time;
  private final Random random;
  private final List<CompletableFuture<?>> calls = new ArrayList<>();
  private final List<Runnable> deferred = new ArrayList<>();
  private double lost;
  private int delay = 5;
  private @Nullable Listener listener;
  private boolean up;
  private boolean subscribed;
  private boolean paused;
  private boolean dead;
  private boolean losesPut;

  SimulatedPresence(
      SimulatedPresenceStore store,
      List<SimulatedPresence> nodes,
      VirtualTime time,
      Random random) {
    this.store = store;
    this.nodes = nodes;
    this.time = time;
    this.random = random;
    up = store.isReachable();
  }

  /** How likely what is put, read or pushed is lost, from 0 to 1, and how late it may be in ms. */
  void faults(double likely, int mostDelay) {
    lost = likely;
    delay = mostDelay;
  }

  void cut() {
    if (up && !dead) {
      up = false;
      subscribed = false;
      onNode(
          () -> {
            List<CompletableFuture<?>> cutOff = List.copyOf(calls);
            calls.clear();
            cutOff.forEach(call -> call.completeExceptionally(new IOException("cut off")));
            told().away();
          });
    }
  }

  void reconnect() {
    if (!up && !dead && store.isReachable()) {
      up = true;
      onNode(() -> told().back());
    }
  }

  void kill() {
    dead = true;
    up = false;
    subscribed = false;
  }

  void pause() {
    paused = true;
  }

  void goOn() {
    paused = false;
    List<Runnable> all = List.copyOf(deferred);
    deferred.clear();
    all.forEach(this::onNode);
  }

  void check() {
    onNode(() -> told().check("room"));
  }

  /** Has the room looked at now and then, as every engine does. */
  void checkAlways(Duration period) {
    after(
        period,
        () -> {
          told().check("room");
          checkAlways(period);
        });
  }

  /** What happens on the node does not while it is paused, and never when it is dead. */
  private void onNode(Runnable action) {
    if (paused) {
      deferred.add(action);
    } else if (!dead) {
      action.run();
    }
  }

  private Listener told() {
    return Objects.requireNonNull(listener);
  }

  @Override
  public void start(Listener value) {
    listener = value;
  }

  @Override
  public CompletionStage<Set<String>> enter(String node, Duration lease) {
    return call(0, () -> store.enter(node, lease));
  }

  @Override
  public CompletionStage<Set<String>> renew(String node, Duration lease) {
    return call(0, () -> store.renew(node, lease));
  }

  @Override
  public CompletionStage<Void> put(String room, Part part) {
    losesPut = !losesPut && random.nextDouble() < lost; // never twice: a lease bounds the tries
    return call(
            losesPut ? 1 : 0,
            () -> {
              if (store.put(part)) {
                nodes.forEach(node -> node.push(room, part));
              }
              return true;
            })
        .thenApply(done -> null);
  }

  private void push(String room, Part part) {
    if (subscribed && random.nextDouble() >= lost) {
      time.after(
          delay(),
          () ->
              onNode(
                  () -> {
                    if (random.nextInt(10) == 0) {
                      told().check(room);
                    } else {
                      told().changed(room, part);
                    }
                  }));
    }
  }

  @Override
  public CompletionStage<List<Part>> subscribe(String room) {
    return call(
        lost,
        () -> {
          subscribed = up;
          return store.read();
        });
  }

  @Override
  public void unsubscribe(String room) {
    subscribed = false;
  }

  @Override
  public CompletionStage<List<Part>> read(String room) {
    return call(lost, store::read);
  }

  @Override
  public void forget(String room, Set<String> gone) {
    call(
        lost,
        () -> {
          store.forget(gone);
          return true;
        });
  }

  @Override
  public void after(Duration wait, Runnable task) {
    time.after(wait, () -> onNode(task));
  }

  @Override
  public void close() {}

  private <T> CompletionStage<T> call(double likely, Supplier<T> command) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (!up) {
      answer.completeExceptionally(new IOException("away"));
      return answer;
    }
    calls.add(answer);
    after(TIMEOUT, () -> answer.completeExceptionally(new TimeoutException()));
    if (random.nextDouble() >= likely) {
      time.after(
          delay().plus(store.stalled()),
          () -> {
            T done = command.get();
            if (random.nextDouble() >= likely) {
              time.after(delay(), () -> onNode(() -> answer.complete(done)));
            }
          });
    }
    return answer;
  }

  private Duration delay() {
    return Duration.ofMillis(random.nextInt(delay));
  }
}
