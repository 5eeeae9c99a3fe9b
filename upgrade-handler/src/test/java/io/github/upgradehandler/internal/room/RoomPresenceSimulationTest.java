package io.github.upgradehandler.internal.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.room.presence.Part;
import io.github.upgradehandler.room.presence.Present;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Nodes with one room, in virtual time, with an engine of which everything may go wrong. A seed
 * says all that happens: a failure is replayed with {@code -Dsimulation.seed=N}.
 */
class RoomPresenceSimulationTest {

  private static final int STEPS = 150;

  /** How much longer one of these takes than one of a log: minutes pass in it. */
  private static final int LONGER = 5;

  private static final String[] USERS = {"ann", "bob", "cid", "dan", ""};

  private static LongStream seeds() {
    Long one = Long.getLong("simulation.seed");
    return one != null
        ? LongStream.of(one)
        : LongStream.range(0, Long.getLong("simulation.seeds", 300) / LONGER);
  }

  @ParameterizedTest
  @MethodSource("seeds")
  void all_agree_at_last_and_nobody_is_said_to_have_gone_who_has_not(long seed) {
    new Simulation(seed).run();
  }

  private static final class Simulation {
    private final Random random;
    private final VirtualTime time = new VirtualTime();
    private final SimulatedPresenceStore store = new SimulatedPresenceStore(time);
    private final List<SimulatedPresence> engines = new ArrayList<>();
    private final List<PresenceNode> nodes = new ArrayList<>();
    private final List<AssertionError> objections = new ArrayList<>();
    private final double lost;
    private final int delay;
    private int started;

    Simulation(long seed) {
      random = new Random(seed);
      lost = random.nextBoolean() ? 0 : random.nextDouble() * 0.2;
      delay = 1 + random.nextInt(200);
      for (int i = 0; i < 3; i++) {
        start();
      }
    }

    private void start() {
      SimulatedPresence engine = new SimulatedPresence(store, engines, time, random);
      engine.faults(lost, delay);
      engines.add(engine);
      String process = "n" + ++started;
      engine.checkAlways(Duration.ofSeconds(4));
      nodes.add(new PresenceNode(process, engine, time, user -> went(process, user)));
    }

    /** Nobody may be taken for gone whom a node has that is well. */
    private void went(String at, String user) {
      for (PresenceNode node : nodes) {
        if (node.hasForLong(user)) {
          objections.add(new AssertionError(at + " says that " + user + " has gone"));
        }
      }
    }

    void run() {
      for (int step = 0; step < STEPS; step++) {
        happen(random.nextInt(100));
        pass(Duration.ofMillis(random.nextInt(1000)));
      }
      heal();
      assertAllAgree();
      PresenceNode killed = nodes.remove(0);
      killed.isUnwell();
      killed.engine.kill();
      pass(Duration.ofSeconds(7));
      assertAllAgree();
      leaveAll();
    }

    private void pass(Duration length) {
      Duration step = Duration.ofMillis(500);
      for (Duration left = length; !left.isZero(); left = left.minus(step)) {
        step = step.compareTo(left) < 0 ? step : left;
        time.pass(step);
        for (PresenceNode node : nodes) {
          node.passed(step, store.isReachable() && store.stalled().isZero());
        }
      }
    }

    private void happen(int what) {
      PresenceNode node = nodes.get(random.nextInt(nodes.size()));
      String user = USERS[random.nextInt(USERS.length)];
      if (what < 35) {
        node.join(user);
      } else if (what < 60) {
        node.leave(user);
      } else if (what < 65) {
        cut(node);
      } else if (what < 70) {
        node.engine.check();
      } else if (what < 74) {
        pause(node);
      } else if (what < 77) {
        stopAndStart(node);
      } else if (what < 82) {
        outage(random.nextInt(3) == 0 ? 1 + random.nextInt(6) : 0);
      } else if (what < 84) {
        store.flush();
      } else if (what < 87) {
        store.stall(Duration.ofMillis(random.nextInt(8000)));
      } else {
        pass(Duration.ofSeconds(random.nextInt(5)));
      }
    }

    private void cut(PresenceNode node) {
      node.isUnwell();
      node.engine.cut();
      after(
          10_000,
          () -> {
            node.isWell();
            node.engine.reconnect();
          });
    }

    private void pause(PresenceNode node) {
      node.isUnwell();
      node.engine.pause();
      after(
          12_000,
          () -> {
            node.engine.goOn();
            node.isWell();
          });
    }

    private void stopAndStart(PresenceNode node) {
      node.isUnwell();
      node.engine.kill();
      nodes.remove(node);
      engines.remove(node.engine);
      objections.addAll(node.objections());
      start();
    }

    /** The server is away for all of them, and may have lost what came last. */
    private void outage(int lostPuts) {
      if (!store.isReachable()) {
        return;
      }
      store.reachable(false);
      engines.forEach(SimulatedPresence::cut);
      store.failOver(lostPuts);
      time.after(
          Duration.ofMillis(random.nextInt(15_000)),
          () -> {
            store.reachable(true);
            List.copyOf(engines).forEach(engine -> after(1000, engine::reconnect));
          });
    }

    private void after(int mostMillis, Runnable action) {
      time.after(Duration.ofMillis(random.nextInt(mostMillis)), action);
    }

    private void heal() {
      pass(Duration.ofSeconds(20));
      for (PresenceNode node : nodes) {
        node.engine.faults(0, 5);
        node.engine.goOn();
        node.engine.reconnect();
      }
      pass(Duration.ofSeconds(10));
      nodes.forEach(node -> node.engine.check());
      pass(Duration.ofSeconds(10));
    }

    private void assertAllAgree() {
      Set<String> users = new HashSet<>();
      int connections = 0;
      for (PresenceNode node : nodes) {
        Part here = node.here();
        users.addAll(here.users().keySet());
        connections += here.connections();
      }
      Present truth = new Present(users, connections, true);
      for (PresenceNode node : nodes) {
        assertThat(node.objections()).isEmpty();
        if (node.here().connections() > 0) {
          assertThat(node.present()).isEqualTo(truth);
        } else {
          assertThat(node.present()).isNull();
          assertThat(node.isAtRest()).isTrue();
        }
      }
      assertThat(objections).isEmpty();
    }

    /** What the killed node had is dropped by those that look at the room, and else expires. */
    private void leaveAll() {
      boolean looked = nodes.stream().anyMatch(node -> node.here().connections() > 0);
      for (PresenceNode node : nodes) {
        while (node.here().connections() > 0) {
          Set<String> users = node.here().users().keySet();
          node.leave(users.isEmpty() ? "" : users.iterator().next());
        }
      }
      pass(Duration.ofSeconds(10));
      assertAllAgree();
      if (looked) {
        assertThat(store.read()).as("what is left on the server").isEmpty();
      }
    }
  }
}
