package io.github.upgradehandler.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.presence.Present;
import java.lang.reflect.Proxy;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who is in the rooms of two nodes that share a Redis. */
@Tag("external")
class RedisPresenceTest {

  private static final String ROOM = "a room";

  private RedisServer server;
  private Node one;
  private Node two;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.run();
    one = new Node(server.uri());
    two = new Node(server.uri());
  }

  @AfterEach
  void stop() throws Exception {
    one.close();
    two.close();
    server.close();
  }

  /** One does not tell of those that were there when it began to look. */
  private void enterAnnThenBob() {
    one.user("ann", ROOM);
    one.told.await(1, "ann");
    two.user("bob", ROOM);
  }

  private static Present present(Node node) throws Exception {
    return node.rooms.room(ROOM).present().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void users_and_connections_of_both_nodes_are_told_on_each_once() throws Exception {
    Member ann = one.user("ann", ROOM);
    one.told.await(1, "ann");
    Member bob = two.user("bob", ROOM);
    Member annThere = two.user("ann", ROOM);
    two.member("one without a user", ROOM);
    one.told.await(4, "ann", "bob");
    two.told.await(4, "ann", "bob");
    ann.end();
    one.member("another without a user", ROOM);
    two.told.await(4, "ann", "bob");
    annThere.end();
    one.told.await(3, "bob");
    two.told.await(3, "bob");
    bob.end();
    one.told.await(2);
    assertThat(one.told.changes()).containsExactly("+ann", "+bob", "-ann", "-bob");
    assertThat(two.told.changes()).startsWith("+bob").contains("-ann").endsWith("-bob");
  }

  @Test
  void a_node_without_members_asks() throws Exception {
    one.user("ann", ROOM);
    Patience.until(
        () -> "ann is seen",
        () -> {
          try {
            return present(two).equals(new Present(Set.of("ann"), 1, true));
          } catch (Exception e) {
            throw new AssertionError(e);
          }
        });
    assertThat(two.told.changes()).isEmpty();
  }

  /** Its connections end without a word to Redis. */
  @Test
  void the_users_of_a_node_that_is_killed_are_gone_when_its_lease_has_ended() {
    enterAnnThenBob();
    one.told.await(2, "ann", "bob");
    long before = System.nanoTime();
    two.close();
    one.told.await(1, "ann");
    assertThat(System.nanoTime() - before).isLessThan(TimeUnit.SECONDS.toNanos(7));
    assertThat(one.told.changes()).containsExactly("+ann", "+bob", "-bob");
    Patience.until(
        () -> "what it had is dropped",
        () -> {
          try {
            return server.command("EVAL", "return #redis.call('KEYS', '*:h:*')", "0").equals(":1")
                && server
                    .command(
                        "EVAL", "return redis.call('HLEN', redis.call('KEYS', '*:h:*')[1])", "0")
                    .equals(":1");
          } catch (java.io.IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  @Test
  void nobody_is_taken_for_gone_while_redis_is_away_nor_when_it_has_lost_all() throws Exception {
    enterAnnThenBob();
    one.told.await(2, "ann", "bob");
    two.told.await(2, "ann", "bob");
    server.kill();
    Patience.until(() -> "that is told", () -> !one.told.last().current());
    assertThat(one.told.last().users()).containsExactlyInAnyOrder("ann", "bob");
    Member cid = one.user("cid", ROOM);
    server.restart();
    one.told.await(3, "ann", "bob", "cid");
    two.told.await(3, "ann", "bob", "cid");
    cid.end();
    two.told.await(2, "ann", "bob");
    assertThat(one.told.changes()).containsExactly("+ann", "+bob", "+cid", "-cid");
    assertThat(two.told.changes()).endsWith("+cid", "-cid").doesNotContain("-ann", "-bob");
  }

  @Test
  void nobody_is_taken_for_gone_when_all_data_are_deleted() throws Exception {
    enterAnnThenBob();
    one.told.await(2, "ann", "bob");
    assertThat(server.command("FLUSHALL")).isEqualTo("+OK");
    two.user("cid", ROOM);
    one.told.await(3, "ann", "bob", "cid");
    assertThat(one.told.changes()).containsExactly("+ann", "+bob", "+cid");
  }

  @Test
  void a_part_too_large_to_be_pushed_is_read() {
    one.user("ann", ROOM);
    one.told.await(1, "ann");
    String user = "b".repeat(300_000);
    two.user(user, ROOM);
    one.told.await(2, "ann", user);
  }

  @Test
  void a_message_to_a_user_reaches_the_connections_of_all_nodes() {
    Member here = one.user("ann", ROOM);
    Member there = two.user("ann", ROOM);
    Patience.until(
        () -> "the other node is subscribed",
        () -> {
          one.rooms.sendToUser("ann", PreparedMessage.text("to ann"));
          return there.received().contains("to ann");
        });
    assertThat(here.received()).contains("to ann");
  }

  @Test
  void a_user_is_disconnected_from_all_nodes() throws Exception {
    BlockingQueue<String> closed = new LinkedBlockingQueue<>();
    one.rooms.add(socket("ann", status -> closed.add("one " + status)));
    two.rooms.add(socket("ann", status -> closed.add("two " + status)));
    two.rooms.add(socket("bob", status -> closed.add("bob " + status)));
    CloseStatus status = CloseStatus.POLICY_VIOLATION.withReason("signed out everywhere");
    awaitFollowed(2);
    assertThat(
            one.rooms.disconnectUser("ann", status).toCompletableFuture().get(10, TimeUnit.SECONDS))
        .isInstanceOf(Published.Appended.class);
    assertThat(List.of(closed.take(), closed.take()))
        .containsExactlyInAnyOrder("one " + status, "two " + status);
    assertThat(closed).isEmpty();
  }

  private void awaitFollowed(int nodes) {
    Patience.until(
        () -> "all nodes follow who is to be disconnected",
        () -> {
          try {
            return server
                .command(
                    "EVAL",
                    "local c = redis.call('PUBSUB', 'CHANNELS', '*disconnect')"
                        + " return redis.call('PUBSUB', 'NUMSUB', c[1] or '-')[2]",
                    "0")
                .equals(":" + nodes);
          } catch (java.io.IOException e) {
            throw new AssertionError(e);
          }
        });
  }

  private interface Closed {
    void by(CloseStatus status);
  }

  /** A connection that only knows how to be closed. */
  private static WebSocket socket(String user, Closed closed) {
    Principal principal = () -> user;
    return (WebSocket)
        Proxy.newProxyInstance(
            WebSocket.class.getClassLoader(),
            new Class<?>[] {WebSocket.class},
            (self, method, arguments) ->
                switch (method.getName()) {
                  case "id", "toString" -> "socket of " + user;
                  case "principal" -> Optional.of(principal);
                  case "whenClosed" -> new CompletableFuture<Void>();
                  case "hashCode" -> System.identityHashCode(self);
                  case "equals" -> self == arguments[0];
                  case "close" -> {
                    closed.by((CloseStatus) arguments[0]);
                    yield null;
                  }
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }
}
