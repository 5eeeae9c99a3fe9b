package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.EngineException;
import io.github.upgradehandler.room.log.EngineException.Effect;
import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Retention;
import io.github.upgradehandler.room.log.Run;
import io.github.upgradehandler.room.log.Top;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One node's engine: its connection to the store delays, drops, repeats and is cut. */
final class SimulatedEngine implements Engine {

  private static final Duration TIMEOUT = Duration.ofSeconds(2);

  /** How likely each thing is that may go wrong, from 0 to 1. */
  record Faults(double lost, double repeated, double droppedPush, double repeatedPush, int delay) {
    static final Faults NONE = new Faults(0, 0, 0, 0, 5);
  }

  /**
   * The room in which all happens; beside it there are those that the rooms have for themselves.
   */
  private static final String ROOM = "room";

  private final SimulatedStore store;
  private final Map<String, SimulatedStore> others = new HashMap<>();
  private final List<SimulatedEngine> nodes;
  private final VirtualTime time;
  private final Random random;
  private final List<CompletableFuture<?>> calls = new ArrayList<>();
  private Faults faults = Faults.NONE;
  private @Nullable Listener listener;
  private boolean up = true;
  private final Set<String> subscribed = new HashSet<>();

  SimulatedEngine(
      SimulatedStore store, List<SimulatedEngine> nodes, VirtualTime time, Random random) {
    this.store = store;
    this.nodes = nodes;
    this.time = time;
    this.random = random;
  }

  void faults(Faults value) {
    faults = value;
  }

  /** The connection breaks: what is on its way may have been done. */
  void cut() {
    if (!up) {
      return;
    }
    up = false;
    subscribed.clear();
    // Those that are answered already do not mind.
    calls.forEach(
        call -> call.completeExceptionally(new EngineException(Effect.UNKNOWN, "cut off")));
    calls.clear();
    listener().away();
  }

  void reconnect() {
    if (!up) {
      up = true;
      listener().back();
    }
  }

  /** Has the node look whether it has missed something. */
  void check() {
    listener().check(ROOM);
  }

  @Override
  public void start(Listener value) {
    listener = value;
  }

  private Listener listener() {
    return Objects.requireNonNull(listener);
  }

  @Override
  public CompletionStage<Position> append(String room, List<Entry> entries, Retention retention) {
    return call(
        () -> {
          SimulatedStore.Appended appended = store(room).append(entries);
          for (int i = 0; i < appended.entries().size(); i++) {
            Position position = appended.positions().get(i);
            Entry entry = appended.entries().get(i);
            nodes.forEach(node -> node.push(room, position, entry));
          }
          return appended.last();
        });
  }

  private void push(String room, Position position, Entry entry) {
    if (subscribed.contains(room) && random.nextDouble() >= faults.droppedPush) {
      int times = random.nextDouble() < faults.repeatedPush ? 2 : 1;
      for (int i = 0; i < times; i++) {
        time.after(delay(), () -> tell(room, position, entry));
      }
    }
  }

  /** Some are only said to be there, as those that are too large to be pushed. */
  private void tell(String room, Position position, Entry entry) {
    if (entry.sequence() % 7 == 0) {
      listener().check(room);
    } else {
      listener().pushed(room, position, entry);
    }
  }

  @Override
  public CompletionStage<Top> subscribe(String room) {
    return call(
        () -> {
          if (up) {
            subscribed.add(room);
          }
          return store(room).top();
        });
  }

  @Override
  public void unsubscribe(String room) {
    subscribed.remove(room);
  }

  @Override
  public CompletionStage<Top> top(String room) {
    return call(() -> store(room).top());
  }

  @Override
  public CompletionStage<Run> read(String room, long after, int most) {
    return call(() -> store(room).read(after, most));
  }

  @Override
  public void after(Duration delay, Runnable task) {
    time.after(delay, task);
  }

  @Override
  public void close() {}

  private SimulatedStore store(String room) {
    return room.equals(ROOM) ? store : others.computeIfAbsent(room, name -> new SimulatedStore());
  }

  private <T> CompletionStage<T> call(Supplier<T> command) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    if (!up) {
      answer.completeExceptionally(new EngineException(Effect.NONE, "away"));
      return answer;
    }
    calls.add(answer);
    time.after(
        TIMEOUT,
        () -> answer.completeExceptionally(new EngineException(Effect.UNKNOWN, "no answer")));
    if (random.nextDouble() >= faults.lost) {
      time.after(delay(), () -> execute(command, answer));
    }
    if (random.nextDouble() < faults.repeated) {
      time.after(
          delay().multipliedBy(20),
          () -> execute(command, new CompletableFuture<>())); // as a proxy might
    }
    return answer;
  }

  private <T> void execute(Supplier<T> command, CompletableFuture<T> answer) {
    T done = command.get();
    if (random.nextDouble() >= faults.lost) {
      time.after(delay(), () -> answer.complete(done));
    }
  }

  private Duration delay() {
    return Duration.ofMillis(random.nextInt(faults.delay));
  }
}
