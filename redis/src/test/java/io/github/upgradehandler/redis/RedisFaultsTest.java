package io.github.upgradehandler.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.room.log.Published;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What happens to a real Redis, while two nodes publish to a logged room all the time. */
@Tag("external")
class RedisFaultsTest {

  private static final String ROOM = "log";
  private static final int SOME = 100;
  private static final int PERIOD_MILLIS = 5;

  /** Nothing that was acknowledged is lost with it. */
  private static final String[] EVERYTHING_KEPT = {
    "--appendonly", "yes", "--appendfsync", "always"
  };

  private final List<Node> nodes = new ArrayList<>();
  private final List<Member> members = new ArrayList<>();
  private final Publishers publishers = new Publishers(ROOM, PERIOD_MILLIS);
  private RedisServer server;

  private void begin(String... options) throws Exception {
    server = RedisServer.run(options);
    begin(server.uri());
  }

  private void begin(String uri) {
    for (int i = 0; i < 2; i++) {
      Node node = new Node(uri);
      nodes.add(node);
      members.add(node.member("member " + i + "a", ROOM));
      members.add(node.member("member " + i + "b", ROOM));
    }
    members.forEach(Member::awaitJoined);
    for (Node node : nodes) {
      publishers.start(node);
    }
    awaitMore();
  }

  private void awaitMore() {
    publishers.ledger().awaitMore(SOME, () -> "more is appended");
  }

  /** Stops publishing, waits for all to have all, and checks it. */
  private void end() throws Exception {
    awaitMore();
    publishers.stop();
    Published last =
        nodes.get(0).publish(ROOM, "the last").toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(last).isInstanceOf(Published.Appended.class);
    members.forEach(member -> member.await(" the last"));
    publishers.ledger().check(members);
  }

  private void assertNothingLost() {
    assertThat(members).allSatisfy(member -> assertThat(member.losses()).isEmpty());
  }

  @AfterEach
  void stop() throws Exception {
    publishers.close();
    nodes.forEach(Node::close);
    if (server != null) {
      server.close();
    }
  }

  @Test
  void killed_with_all_kept_nobody_misses_anything() throws Exception {
    begin(EVERYTHING_KEPT);
    server.kill();
    server.restart();
    nodes.forEach(node -> node.awaitConnections(2));
    end();
    assertNothingLost();
  }

  @Test
  void killed_with_the_end_of_the_log_lost_everybody_is_told_once() throws Exception {
    begin("--save", "3600 1000000");
    assertThat(server.command("SAVE")).isEqualTo("+OK");
    awaitMore();
    server.kill();
    server.restart();
    nodes.forEach(node -> node.awaitConnections(2));
    end();
    assertThat(members)
        .allSatisfy(
            member ->
                assertThat(member.losses()).singleElement().asString().endsWith("ROLLED_BACK"));
  }

  @Test
  void killed_with_nothing_kept_everybody_is_told_once() throws Exception {
    begin();
    server.kill();
    server.restart();
    nodes.forEach(node -> node.awaitConnections(2));
    end();
    assertThat(members)
        .allSatisfy(
            member -> assertThat(member.losses()).singleElement().asString().endsWith("UNKNOWN"));
  }

  @Test
  void all_data_deleted_everybody_is_told_once() throws Exception {
    begin();
    assertThat(server.command("FLUSHALL")).isEqualTo("+OK");
    end();
    assertThat(members)
        .allSatisfy(
            member -> assertThat(member.losses()).singleElement().asString().endsWith("UNKNOWN"));
  }

  @Test
  void connections_for_what_is_pushed_killed() throws Exception {
    begin();
    for (int i = 2; i < 5; i++) {
      assertThat(server.command("CLIENT", "KILL", "TYPE", "pubsub")).isEqualTo(":2");
      int connections = i;
      nodes.forEach(node -> node.awaitConnections(connections));
      awaitMore();
    }
    end();
    assertNothingLost();
  }

  @Test
  void all_connections_killed() throws Exception {
    begin();
    server.command("CLIENT", "KILL", "TYPE", "normal");
    nodes.forEach(node -> node.awaitConnections(2));
    end();
    assertNothingLost();
  }

  @Test
  void scripts_forgotten() throws Exception {
    begin();
    assertThat(server.command("SCRIPT", "FLUSH")).isEqualTo("+OK");
    nodes.forEach(node -> node.awaitConnections(2));
    end();
    assertNothingLost();
  }

  @Test
  void a_paused_server_is_left_and_comes_back() throws Exception {
    begin();
    server.pause();
    try {
      nodes.forEach(
          node ->
              Patience.until(() -> "the pause is noticed", () -> !node.redis.status().connected()));
    } finally {
      server.goOn();
    }
    nodes.forEach(node -> node.awaitConnections(2));
    end();
    assertNothingLost();
  }

  @Test
  void readers_cut_off_for_being_slow() throws Exception {
    begin();
    assertThat(server.command("CONFIG", "SET", "client-output-buffer-limit", "pubsub 1kb 1kb 1"))
        .isEqualTo("+OK");
    String large = "x".repeat(20_000);
    Member member = nodes.get(1).member("another", "log of another");
    member.awaitJoined();
    nodes.get(0).publish("log of another", large);
    member.await(" " + large);
    assertThat(server.command("CONFIG", "SET", "client-output-buffer-limit", "pubsub 32mb 8mb 60"))
        .isEqualTo("+OK");
    end();
    assertNothingLost();
  }

  @Test
  void while_it_is_away_what_is_published_is_refused_or_unknown() throws Exception {
    begin();
    server.kill();
    Patience.until(
        () -> "something is refused", () -> publishers.ledger().refused().size() > SOME / 10);
    server.restart();
    end();
  }
}
