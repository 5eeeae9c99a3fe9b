package io.github.upgradehandler.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.room.log.Published;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A master that ends, and a replica that Sentinel puts in its place. */
@Tag("external")
class RedisSentinelTest {

  private static final String ROOM = "log";
  private static final int MESSAGES = 100;

  @TempDir private Path directory;

  @Test
  void a_replica_that_has_everything_takes_over_and_nobody_misses_anything() throws Exception {
    try (RedisServer master = RedisServer.run();
        RedisServer replica =
            RedisServer.run("--replicaof", "127.0.0.1", Integer.toString(master.port()));
        Sentinel sentinel = Sentinel.run(directory, master);
        Node one = new Node(sentinel.uri());
        Node two = new Node(sentinel.uri())) {
      List<Member> members = List.of(one.member("ann", ROOM), two.member("bob", ROOM));
      members.forEach(Member::awaitJoined);
      for (int i = 1; i <= MESSAGES; i++) {
        append(one, "before " + i);
      }
      members.forEach(member -> member.await(" before " + MESSAGES));
      awaitCopied(master, replica);
      master.kill();
      one.awaitConnections(2);
      two.awaitConnections(2);
      append(two, "after");
      for (Member member : members) {
        member.await(" after");
        assertThat(member.losses()).isEmpty();
        assertThat(member.received())
            .filteredOn(line -> line.startsWith("message "))
            .hasSize(MESSAGES + 1);
      }
    }
  }

  private static void append(Node node, String text) throws Exception {
    assertThat(node.publish(ROOM, text).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isInstanceOf(Published.Appended.class);
  }

  private static void awaitCopied(RedisServer master, RedisServer replica) throws Exception {
    assertThat(master.command("WAIT", "1", "10000")).isEqualTo(":1");
    String size = master.command("DBSIZE");
    assertThat(replica.command("DBSIZE")).isEqualTo(size);
  }

  @Test
  void a_master_that_Sentinel_does_not_know() throws Exception {
    try (RedisServer master = RedisServer.run();
        RedisServer ignored =
            RedisServer.run("--replicaof", "127.0.0.1", Integer.toString(master.port()));
        Sentinel sentinel = Sentinel.run(directory, master)) {
      String uri = sentinel.uri().replace("#" + Sentinel.MASTER, "#other");
      assertThatThrownBy(() -> RedisRooms.connect(uri))
          .isInstanceOf(RedisStartException.class)
          .hasMessageContaining("other by Sentinel at 127.0.0.1");
    }
  }
}
