package io.github.upgradehandler.redis;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three nodes in processes of their own, which are killed and stopped like Redis, for ten seconds
 * each, or {@code -Dchaos.seconds=N}. The members of a node that is killed come back to the next
 * one with the position that they have had. What happens next is said by {@code -Dchaos.seed=N},
 * when is not.
 */
@Tag("external")
@Tag("slow")
class RedisNodesChaosTest {

  private static final int NODES = 3;
  private static final long LONGEST_PAUSE_MILLIS = 3000;
  private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("chaos.seconds", 10));

  private final Random random = new Random(Long.getLong("chaos.seed", System.nanoTime()));
  private final List<RedisServer> servers = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final List<NodeProcess> nodes = new ArrayList<>();
  private final List<String> happened = new ArrayList<>();
  private final Ledger ledger = new Ledger();
  private Sentinel sentinel;

  @TempDir private Path directory;

  @AfterEach
  void stop() throws Exception {
    for (NodeProcess node : nodes) {
      node.close();
    }
    if (sentinel != null) {
      sentinel.close();
    }
    for (RedisServer server : servers) {
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource
  void whichever_process_dies_nothing_is_missed_without_a_word(Kept kept) throws Exception {
    RedisServer first = RedisServer.run(kept.options);
    servers.add(first);
    if (kept == Kept.COPIED) {
      servers.add(RedisServer.run("--replicaof", "127.0.0.1", Integer.toString(first.port())));
      sentinel = Sentinel.run(directory, first);
    }
    for (int i = 0; i < NODES; i++) {
      members.add(new Member("member " + i));
      nodes.add(node(i));
    }
    members.forEach(Member::awaitJoined);
    for (NodeProcess node : nodes) {
      node.publish();
    }
    long end = System.nanoTime() + LENGTH.toNanos();
    while (System.nanoTime() - end < 0) {
      happen(kept);
      awaitMore(10 + random.nextInt(50));
    }
    check(kept);
  }

  private NodeProcess node(int index) throws IOException {
    String uri = sentinel == null ? servers.get(0).uri() : sentinel.uri();
    String name = index + "-" + happened.size();
    return NodeProcess.start(uri, name, "user" + index, members.get(index), ledger);
  }

  private void awaitMore(int more) {
    ledger.awaitMore(more, () -> "more is appended after " + happened);
  }

  private void happen(Kept kept) throws Exception {
    int which = random.nextInt(NODES);
    switch (random.nextInt(8)) {
      case 0, 1 -> {
        happened.add("node killed");
        replace(which);
      }
      case 2 -> {
        happened.add("two nodes killed");
        nodes.get(which).kill();
        replace((which + 1) % NODES);
        startAgain(which);
      }
      case 3 -> {
        happened.add("node paused");
        nodes.get(which).pause();
        awaitMore(random.nextInt(200));
        nodes.get(which).goOn();
      }
      case 4 -> {
        happened.add("Redis killed");
        killRedis();
      }
      case 5 -> {
        happened.add("Redis paused");
        RedisServer paused = master();
        paused.pause();
        // As long as the fault lasts.
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(random.nextLong(LONGEST_PAUSE_MILLIS)));
        paused.goOn();
      }
      case 6 -> {
        happened.add("connections killed, scripts forgotten");
        master().command("SCRIPT", "FLUSH");
        master().command("CLIENT", "KILL", "TYPE", random.nextBoolean() ? "pubsub" : "normal");
      }
      default -> {
        if (kept == Kept.SAVED) {
          happened.add("saved or emptied");
          master().command(random.nextInt(4) == 0 ? "FLUSHALL" : "SAVE");
        }
      }
    }
  }

  private void replace(int which) throws Exception {
    nodes.get(which).kill();
    startAgain(which);
  }

  private void startAgain(int which) throws Exception {
    nodes.set(which, node(which));
    nodes.get(which).publish();
  }

  private void killRedis() throws Exception {
    RedisServer killed = master();
    killed.kill();
    if (sentinel != null) {
      Patience.until(
          () -> "another has taken over after " + happened,
          () -> servers.stream().anyMatch(server -> server != killed && isMaster(server)));
    }
    killed.restart();
    if (sentinel != null) {
      Patience.until(
          () -> "the one that comes back is told to follow after " + happened,
          () -> !isMaster(killed));
    }
  }

  private RedisServer master() {
    Patience.until(
        () -> "one is the master after " + happened,
        () -> servers.stream().filter(RedisNodesChaosTest::isMaster).count() == 1);
    return servers.stream().filter(RedisNodesChaosTest::isMaster).findFirst().orElseThrow();
  }

  /** Whether it is there, ready, and takes what is written. */
  private static boolean isMaster(RedisServer server) {
    try {
      return "+OK".equals(server.command("SET", "is this the master", "1"));
    } catch (IOException e) {
      return false;
    }
  }

  /** Everything works again; all have come to the same end. */
  private void check(Kept kept) throws Exception {
    awaitMore(10 * NODES);
    for (NodeProcess node : nodes) {
      node.stopPublishing();
    }
    String all = NODES + " true user0,user1,user2";
    for (NodeProcess node : nodes) {
      Patience.until(
          () -> "all agree who is there, not " + node.present() + " after " + happened,
          () -> node.present().equals(all));
    }
    Patience.until(
        () -> "all come to the same end after " + happened + ": " + ends(), () -> ends() == 1);
    if (kept != Kept.ALL) {
      ledger.checkRuns(members);
    } else {
      ledger.check(members);
      assertThat(members)
          .as("after %s", happened)
          .allSatisfy(member -> assertThat(member.losses()).isEmpty());
    }
  }

  private long ends() {
    return members.stream().map(member -> member.last().split(" ", 3)[1]).distinct().count();
  }
}
