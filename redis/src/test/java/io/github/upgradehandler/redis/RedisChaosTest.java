package io.github.upgradehandler.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.presence.Present;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Three nodes, each behind a proxy, and a real Redis, to which everything happens: for ten seconds
 * each, or {@code -Dchaos.seconds=N}. What happens next is said by {@code -Dchaos.seed=N}, when is
 * not.
 */
@Tag("external")
@Tag("slow")
class RedisChaosTest {

  private static final String ROOM = "log";
  private static final String PEOPLE = "people";
  private static final int NODES = 3;
  private static final int PERIOD_MILLIS = 10;
  private static final int TRIES = 15;
  private static final Duration LENGTH = Duration.ofSeconds(Long.getLong("chaos.seconds", 10));

  private final Random random = new Random(Long.getLong("chaos.seed", System.nanoTime()));
  private final List<TcpProxy> proxies = new ArrayList<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final List<String> happened = new ArrayList<>();
  private final Publishers publishers = new Publishers(ROOM, PERIOD_MILLIS);
  private RedisServer server;

  @AfterEach
  void stop() throws Exception {
    publishers.close();
    nodes.forEach(Node::close);
    for (TcpProxy proxy : proxies) {
      proxy.close();
    }
    if (server != null) {
      server.close();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"ALL", "SAVED"})
  void whatever_happens_nothing_is_missed_without_a_word_and_all_agree_at_last(Kept kept)
      throws Exception {
    server = RedisServer.run(kept.options);
    for (int i = 0; i < NODES; i++) {
      proxies.add(new TcpProxy(server.port()));
      nodes.add(new Node(proxies.get(i).uri()));
      members.add(nodes.get(i).member("member " + i, ROOM));
      nodes.get(i).user("user " + i, PEOPLE);
    }
    members.forEach(Member::awaitJoined);
    for (Node node : List.copyOf(nodes)) {
      publishers.start(node);
    }
    long end = System.nanoTime() + LENGTH.toNanos();
    while (System.nanoTime() - end < 0) {
      happen(kept);
      awaitMore();
    }
    check(kept);
  }

  private void awaitMore() {
    publishers
        .ledger()
        .awaitMore(20 + random.nextInt(100), () -> "more is appended after " + happened);
  }

  private void happen(Kept kept) throws Exception {
    int which = random.nextInt(NODES);
    switch (random.nextInt(9)) {
      case 0 -> {
        note("killed");
        server.kill();
        server.restart();
      }
      case 1 -> {
        note("paused");
        server.pause();
        Patience.until(
            () -> "the pause is noticed", () -> !nodes.get(which).redis.status().connected());
        server.goOn();
      }
      case 2 -> {
        note("pubsub killed");
        server.command("CLIENT", "KILL", "TYPE", "pubsub");
      }
      case 3 -> {
        note("all connections killed");
        server.command("CLIENT", "KILL", "TYPE", "normal");
      }
      case 4 -> {
        note("scripts forgotten");
        server.command("SCRIPT", "FLUSH");
      }
      case 5 -> {
        note("cut");
        proxies.get(which).cut();
      }
      case 6 -> {
        note("deafened");
        proxies.get(which).deafen();
      }
      case 7 -> {
        note("readers cut off");
        limitReaders("1kb 1kb 1");
        nodes.get(which).publish(ROOM, happened.size() + " large " + "x".repeat(50_000));
        limitReaders("32mb 8mb 60");
      }
      default -> {
        if (kept == Kept.SAVED) {
          note("saved or emptied");
          server.command(random.nextInt(4) == 0 ? "FLUSHALL" : "SAVE");
        }
      }
    }
  }

  private void note(String what) {
    happened.add(what);
  }

  private void limitReaders(String limits) throws Exception {
    server.command("CONFIG", "SET", "client-output-buffer-limit", "pubsub " + limits);
  }

  /** Everything works again; all have come to the same end. */
  private void check(Kept kept) throws Exception {
    publishers.stop();
    String text = appendLast();
    members.forEach(member -> member.await(" " + text));
    Present all = new Present(Set.of("user 0", "user 1", "user 2"), NODES, true);
    for (Node node : nodes) {
      Patience.until(
          () -> "all agree who is there, not " + node.told.last() + " after " + happened,
          () -> node.told.last().equals(all));
    }
    publishers.ledger().check(members);
    if (kept == Kept.ALL) {
      assertThat(members)
          .as("after %s", happened)
          .allSatisfy(member -> assertThat(member.losses()).isEmpty());
    }
  }

  private String appendLast() throws Exception {
    for (int i = 0; i < TRIES; i++) {
      String text = "the last " + i;
      Published published =
          nodes.get(0).publish(ROOM, text).toCompletableFuture().get(10, TimeUnit.SECONDS);
      if (published instanceof Published.Appended) {
        return text;
      }
    }
    throw new AssertionError("nothing is appended after " + happened);
  }
}
