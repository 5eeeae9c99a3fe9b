package io.github.upgradehandler.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.JoinResult;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.management.JMX;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Rooms of two nodes that share a Redis. */
@Tag("external")
class RedisRoomsTest {

  private static final ObjectName NAMES = name("io.github.upgradehandler:type=Redis,*");

  private RedisServer server;
  private Node one;
  private Node two;

  private static ObjectName name(String text) {
    try {
      return new ObjectName(text);
    } catch (javax.management.MalformedObjectNameException e) {
      throw new IllegalArgumentException(e);
    }
  }

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

  private static Published published(Node node, String room, String text) throws Exception {
    return node.publish(room, text).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static Position position(Published published) {
    return ((Published.Appended) published).position();
  }

  @Test
  void members_of_both_nodes_get_the_same_in_the_same_order() throws Exception {
    Member ann = one.member("ann", "log");
    Member bob = two.member("bob", "log");
    ann.awaitJoined();
    bob.awaitJoined();
    for (int i = 0; i < 50; i++) {
      one.publish("log", "one " + i);
      two.publish("log", "two " + i);
    }
    published(one, "log", "the last of one");
    published(two, "log", "the last of two");
    ann.await("the last of one");
    ann.await("the last of two");
    Patience.until(() -> "both have all", () -> bob.received().size() == ann.received().size());
    assertThat(bob.received()).isEqualTo(ann.received()).hasSize(103);
  }

  @Test
  void one_that_comes_back_to_another_node_gets_what_it_missed() throws Exception {
    Position seen = position(published(one, "log", "first"));
    published(one, "log", "second");
    Member bob = new Member("bob");
    two.rooms.room("log").resume(bob, seen);
    bob.await("second");
    assertThat(bob.received()).containsExactly("message " + seen.plus(1) + " second");
  }

  @Test
  void what_is_too_large_to_be_pushed_is_read() throws Exception {
    Member bob = two.member("bob", "log");
    bob.awaitJoined();
    String large = "x".repeat(600_000);
    published(one, "log", large);
    bob.await(large);
    published(one, "log", "small");
    bob.await("small");
    assertThat(bob.received()).hasSize(3);
  }

  @Test
  void a_message_over_the_limit_is_refused() throws Exception {
    assertThat(published(one, "log", "x".repeat((1 << 20) + 1)))
        .isEqualTo(
            new Published.Refused(
                "a message of 1048577 bytes is over the limit of 1048576, see maxMessageBytes"));
  }

  @Test
  void a_room_whose_name_is_too_long_is_refused() throws Exception {
    String name = "log".repeat(200);
    String reason = "the room's name has 600 bytes in UTF-8; Redis is given at most 512";
    assertThat(one.rooms.room(name).join(new Member("ann")))
        .isEqualTo(new JoinResult(JoinResult.Outcome.REFUSED, reason));
    assertThat(published(one, name, "text")).isEqualTo(new Published.Refused(reason));
    assertThat(published(one, "log\ud800", "text"))
        .isEqualTo(new Published.Refused("the room's name has an unpaired surrogate"));
  }

  @Test
  void plain_rooms_reach_other_nodes_and_their_own_at_once() {
    Member ann = one.member("ann", "plain");
    Member bob = two.member("bob", "plain");
    List<String> tries = new ArrayList<>();
    Patience.until(
        () -> "bob is subscribed",
        () -> {
          tries.add("message " + tries.size());
          one.rooms.room("plain").send(PreparedMessage.text(tries.get(tries.size() - 1)));
          return !bob.received().isEmpty();
        });
    bob.await(tries.get(tries.size() - 1));
    assertThat(ann.received()).isEqualTo(tries);
    assertThat(tries).endsWith(bob.received().toArray(String[]::new));
  }

  @Test
  void plain_rooms_go_on_alone_while_redis_is_away_and_what_is_lost_is_counted() throws Exception {
    Member ann = one.member("ann", "plain");
    Member bob = two.member("bob", "plain");
    server.kill();
    Patience.until(() -> "it is away", () -> !one.redis.status().connected());
    one.rooms.room("plain").send(PreparedMessage.text("alone"));
    assertThat(ann.received()).containsExactly("alone");
    Patience.until(() -> "it is counted", () -> one.redis.status().dropped() == 1);
    server.restart();
    one.awaitConnections(2);
    two.awaitConnections(2);
    Patience.until(
        () -> "bob is subscribed again",
        () -> {
          one.rooms.room("plain").send(PreparedMessage.text("again"));
          return !bob.received().isEmpty();
        });
    assertThat(bob.received()).doesNotContain("alone");
  }

  @Test
  void what_is_held_and_then_refused_is_seen_in_jmx() throws Exception {
    one.member("ann", "log").awaitJoined();
    var beans = ManagementFactory.getPlatformMBeanServer();
    List<RedisMXBean> nodes =
        beans.queryNames(NAMES, null).stream()
            .map(name -> JMX.newMXBeanProxy(beans, name, RedisMXBean.class))
            .toList();
    server.kill();
    Patience.until(() -> "it is away", () -> !one.redis.status().connected());
    var answer = one.publish("log", "held").toCompletableFuture();
    assertThat(nodes).extracting(RedisMXBean::getHeldMessages).containsExactlyInAnyOrder(1L, 0L);
    assertThat(nodes).extracting(RedisMXBean::getHeldBytes).containsExactlyInAnyOrder(4L + 256, 0L);
    assertThat(answer.get(10, TimeUnit.SECONDS)).isInstanceOf(Published.Refused.class);
    assertThat(nodes).extracting(RedisMXBean::getHeldMessages).containsOnly(0L);
    assertThat(nodes).extracting(RedisMXBean::getRefusedMessages).contains(1L);
    assertThat(nodes).extracting(RedisMXBean::getUnknownMessages).containsOnly(0L);
    assertThat(nodes).extracting(RedisMXBean::getToldLost).containsOnly(0L);
    assertThat(nodes).extracting(RedisMXBean::getFills).containsOnly(0L);
  }

  @Test
  void it_is_seen_in_jmx_until_it_is_closed() throws Exception {
    var beans = ManagementFactory.getPlatformMBeanServer();
    var names = beans.queryNames(NAMES, null);
    assertThat(names).hasSize(2);
    for (ObjectName name : names) {
      assertThat(beans.getAttribute(name, "Connected")).isEqualTo(true);
      assertThat(beans.getAttribute(name, "Connections")).isEqualTo(1L);
      assertThat(beans.getAttribute(name, "DroppedMessages")).isEqualTo(0L);
      assertThat(beans.getAttribute(name, "Reason")).isEqualTo("");
    }
    one.close();
    two.close();
    assertThat(beans.queryNames(NAMES, null)).isEmpty();
  }

  @Test
  void what_is_published_after_the_end_is_refused() throws Exception {
    one.close();
    assertThat(published(one, "log", "late")).isInstanceOf(Published.Refused.class);
  }

  @Test
  void names_are_simple() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.redis.engine("a:b"))
        .withMessageContaining("name of a set of rooms 'a:b'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> RedisRooms.builder("redis://127.0.0.1").namespace("{}"))
        .withMessageContaining("namespace '{}'");
  }
}
