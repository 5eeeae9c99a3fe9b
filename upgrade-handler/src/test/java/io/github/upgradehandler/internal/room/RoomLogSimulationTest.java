package io.github.upgradehandler.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.internal.room.SimulatedEngine.Faults;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Lost.Reason;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Three nodes with one room, in virtual time, with an engine of which everything may go wrong. A
 * seed says all that happens: a failure is replayed with {@code -Dsimulation.seed=N}.
 */
class RoomLogSimulationTest {

  private static final int NODES = 3;
  private static final int STEPS = 150;
  static final LogLimits LIMITS =
      new LogLimits(
          200,
          400,
          7,
          40,
          4000,
          Duration.ofMillis(500),
          Duration.ofMillis(50),
          Duration.ofSeconds(2));

  private static LongStream seeds() {
    Long one = Long.getLong("simulation.seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.range(0, Long.getLong("simulation.seeds", 300));
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void whatever_happens_nothing_is_missed_without_a_word(long seed) {
    new Simulation(seed, MembersNode::new).run();
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void nor_by_an_event_stream(long seed) {
    new Simulation(seed, StreamsNode::new).run();
  }

  private interface Nodes {
    SimulatedNode node(int number, SimulatedEngine engine, VirtualTime time);
  }

  private static final class Simulation {
    private final Random random;
    private final VirtualTime time = new VirtualTime();
    private final SimulatedStore store = new SimulatedStore();
    private final List<SimulatedEngine> engines = new ArrayList<>();
    private final List<SimulatedNode> nodes = new ArrayList<>();
    private final Witness.Truth truth = new Witness.Truth();
    private final Map<Witness, SimulatedNode> present = new LinkedHashMap<>();
    private final List<Witness> absent = new ArrayList<>();
    private final Map<String, CompletableFuture<Published>> published = new LinkedHashMap<>();
    private final boolean harmful;
    private final List<Long> rollbacks = new ArrayList<>();
    private boolean evicted;

    Simulation(long seed, Nodes made) {
      random = new Random(seed);
      harmful = random.nextBoolean();
      for (int i = 0; i < NODES; i++) {
        SimulatedEngine engine = new SimulatedEngine(store, engines, time, random);
        engine.faults(
            new Faults(
                random.nextDouble() * 0.1,
                random.nextDouble() * 0.1,
                random.nextDouble() * 0.2,
                random.nextDouble() * 0.2,
                1 + random.nextInt(300)));
        engines.add(engine);
        nodes.add(made.node(i, engine, time));
      }
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        happen(random.nextInt(100));
        time.pass(Duration.ofMillis(random.nextInt(200)));
      }
      heal();
      check();
    }

    private void happen(int what) {
      SimulatedNode node = nodes.get(random.nextInt(NODES));
      if (what < 50) {
        publish(node, 1 + random.nextInt(5));
      } else if (what < 60) {
        come(node);
      } else if (what < 70) {
        leave();
      } else if (what < 75) {
        node.engine().cut();
      } else if (what < 83) {
        node.engine().reconnect();
      } else if (what < 90) {
        node.engine().check();
      } else if (what < 94) {
        failOver(0);
      } else if (harmful) {
        harm();
      }
    }

    private void publish(SimulatedNode node, int count) {
      for (int i = 0; i < count; i++) {
        String value = "m" + published.size();
        CompletableFuture<Published> answer = new CompletableFuture<>();
        published.put(value, answer);
        node.publish(value)
            .thenAccept(
                outcome -> {
                  if (outcome instanceof Published.Appended appended) {
                    truth.says(appended.position(), value);
                  }
                  answer.complete(outcome);
                });
      }
    }

    private void come(SimulatedNode node) {
      Witness one =
          absent.isEmpty() || random.nextBoolean() ? new Witness(truth) : absent.remove(0);
      one.comesFrom(one.last());
      present.put(one, node);
      node.come(one);
    }

    private void leave() {
      present.keySet().stream()
          .skip(random.nextInt(Math.max(1, present.size())))
          .findFirst()
          .ifPresent(
              one -> {
                present.remove(one).leave(one);
                absent.add(one);
              });
    }

    private void failOver(int lost) {
      long before = store.top().position().offset();
      store.failOver(lost);
      long after = store.top().position().offset();
      if (after < before) {
        rollbacks.add(after);
      }
      engines.forEach(SimulatedEngine::cut);
      engines.forEach(
          engine -> time.after(Duration.ofMillis(random.nextInt(500)), engine::reconnect));
    }

    private void harm() {
      switch (random.nextInt(3)) {
        case 0 -> store.trim(random.nextInt(5));
        case 1 -> failOver(1 + random.nextInt(5));
        default -> {
          store.evict();
          evicted = true;
        }
      }
    }

    /** Everything works again, and each room is looked at. */
    private void heal() {
      engines.forEach(engine -> engine.faults(Faults.NONE));
      engines.forEach(SimulatedEngine::reconnect);
      for (int i = 0; i < 4; i++) {
        time.pass(Duration.ofSeconds(5));
        nodes.forEach(node -> node.engine().check());
      }
      time.pass(Duration.ofSeconds(5));
    }

    private void check() {
      assertThat(truth.objections()).isEmpty();
      published.forEach((value, answer) -> assertThat(answer).as(value).isDone());
      Set<String> seen = new HashSet<>();
      present.forEach(
          (one, node) -> {
            assertThat(one.isAttached()).isTrue();
            Position last = Objects.requireNonNull(one.last());
            assertThat(last.offset()).isEqualTo(store.top().position().offset());
            assertThat(store.top().continues(last)).as("%s", last).isTrue();
          });
      List<Witness> all = new ArrayList<>(absent);
      all.addAll(present.keySet());
      for (Witness one : all) {
        seen.addAll(one.values());
        for (int i = 0; i < one.losses().size(); i++) {
          assertReason(one.losses().get(i), one.lostAt().get(i));
        }
      }
      published.forEach(
          (value, answer) -> {
            if (answer.join() instanceof Published.Refused) {
              assertThat(seen).doesNotContain(value);
            }
          });
    }

    /** Nobody is told that something is lost which is not. */
    private void assertReason(Lost lost, @Nullable Position at) {
      assertThat(at).isNotNull();
      boolean real =
          switch (lost.reason()) {
            case TRIMMED -> store.trimmedEver() > at.offset();
            // What was lost may be the very record of the epoch.
            case UNKNOWN -> evicted || !rollbacks.isEmpty() || isLongAgo(at, lost.position());
            case ROLLED_BACK -> rollbacks.stream().anyMatch(base -> base < at.offset());
            case TOO_FAR -> lost.position().offset() - at.offset() > LIMITS.resumeEntries();
          };
      assertThat(real).as("%s at %s", lost, at).isTrue();
      assertThat(harmful || lost.reason() == Reason.TOO_FAR || isLongAgo(at, lost.position()))
          .as("%s", lost)
          .isTrue();
    }

    /** Whether there were more epochs since than a log remembers. */
    private static boolean isLongAgo(Position then, Position now) {
      return epoch(now) - epoch(then) > SimulatedStore.MOST_ANCESTORS;
    }

    private static int epoch(Position position) {
      return Integer.parseInt(position.epoch().substring(1));
    }
  }
}
