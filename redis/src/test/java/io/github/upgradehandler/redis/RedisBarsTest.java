package io.github.upgradehandler.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** How long what rooms over nodes promise takes, and what it costs, with a real Redis. */
@Tag("external")
@Tag("slow")
class RedisBarsTest {

  private static final int ROOMS = 10_000;
  private static final int CLIENTS = 1_000;

  /** A minute, with {@code -Dredis.away=60}. */
  private static final int AWAY_SECONDS = Integer.getInteger("redis.away", 5);

  private RedisServer server;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.run();
  }

  @AfterEach
  void stop() throws Exception {
    server.close();
  }

  private static Published published(Node node, String room, String text) throws Exception {
    return node.publish(room, text).toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void ten_thousand_rooms_are_live_three_seconds_after_the_return() throws Exception {
    try (Node node = new Node(server.uri())) {
      List<Member> members = new ArrayList<>();
      for (int i = 0; i < ROOMS; i++) {
        members.add(node.member("member " + i, "log " + i));
      }
      members.forEach(Member::awaitJoined);
      server.kill();
      Patience.until(() -> "it is away", () -> !node.redis.status().connected());
      server.restart();
      node.awaitConnections(2);
      long back = System.nanoTime();
      // It has lost everything, so each is told so as soon as its room is live.
      Patience.until(
          () -> "all rooms are live",
          () -> members.stream().allMatch(member -> member.last().startsWith("lost ")));
      assertThat(Duration.ofNanos(System.nanoTime() - back)).isLessThan(Duration.ofSeconds(3));
    }
  }

  @Test
  void a_thousand_clients_that_resume_one_room_one_after_another_cost_one_read() throws Exception {
    try (Node one = new Node(server.uri());
        Node two = new Node(server.uri())) {
      Position first = ((Published.Appended) published(one, "log", "first")).position();
      String text = "x".repeat(1000);
      for (int i = 0; i < 500; i++) {
        published(one, "log", text);
      }
      two.member("one that was there", "log").awaitJoined();
      int before = reads();
      long begin = System.nanoTime();
      for (int i = 0; i < CLIENTS; i++) {
        Member member = new Member("member " + i);
        two.rooms.room("log").resume(member, first);
        Patience.until(() -> "all has come", () -> member.received().size() == 500);
      }
      // What was read is kept for ten seconds, which a busy machine may exceed.
      long tens = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begin) / 10;
      assertThat(reads() - before).isBetween(1, (int) (1 + tens));
    }
  }

  private int reads() throws Exception {
    return Integer.parseInt(
        server
            .command(
                "EVAL",
                "return tonumber(string.match(redis.call('INFO', 'commandstats'),"
                    + " 'cmdstat_xrange:calls=(%d+)') or 0)",
                "0")
            .substring(1));
  }

  @Test
  void a_dead_subscription_is_noticed_in_five_seconds() throws Exception {
    try (TcpProxy proxy = new TcpProxy(server.port());
        Node node = new Node(proxy.uri());
        Node other = new Node(server.uri())) {
      Member member = node.member("member", "log");
      member.awaitJoined();
      proxy.deafen();
      long deaf = System.nanoTime();
      assertThat(published(other, "log", "unheard")).isInstanceOf(Published.Appended.class);
      member.await(" unheard");
      assertThat(Duration.ofNanos(System.nanoTime() - deaf)).isLessThan(Duration.ofSeconds(6));
      assertThat(member.losses()).isEmpty();
    }
  }

  @Test
  void while_redis_is_away_every_publish_is_answered_and_memory_is_bounded() throws Exception {
    try (Node node = new Node(server.uri())) {
      Member member = node.member("member", "log");
      member.awaitJoined();
      AtomicLong asked = new AtomicLong();
      AtomicLong answered = new AtomicLong();
      ScheduledThreadPoolExecutor publisher = new ScheduledThreadPoolExecutor(1);
      server.kill();
      Patience.until(() -> "it is away", () -> !node.redis.status().connected());
      long before = usedHeap();
      var publishing =
          publisher.scheduleAtFixedRate(
              () -> {
                asked.incrementAndGet();
                node.publish("log", "x".repeat(100))
                    .thenAccept(published -> answered.incrementAndGet());
              },
              0,
              1,
              TimeUnit.MILLISECONDS);
      long enough = AWAY_SECONDS * 1000L;
      Patience.until(
          () -> "all is published",
          Duration.ofSeconds(2L * AWAY_SECONDS + 10),
          () -> asked.get() >= enough);
      assertThat(usedHeap() - before).isLessThan(2 << 20);
      publishing.cancel(false);
      publisher.shutdown();
      assertThat(publisher.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
      Patience.until(() -> "every publish is answered", () -> answered.get() == asked.get());
    }
  }

  private static long usedHeap() {
    long least = Long.MAX_VALUE;
    for (int i = 0; i < 5; i++) {
      System.gc();
      Runtime runtime = Runtime.getRuntime();
      least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
    }
    return least;
  }
}
