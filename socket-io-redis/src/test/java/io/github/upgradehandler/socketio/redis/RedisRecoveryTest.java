package io.github.upgradehandler.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.redis.RedisRooms;
import io.github.upgradehandler.redis.RedisServer;
import io.github.upgradehandler.socketio.Recovery;
import io.github.upgradehandler.socketio.Socket;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.testing.TestApplication;
import io.github.upgradehandler.socketio.testing.TestClient;
import io.github.upgradehandler.socketio.testing.TestClient.Received;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that were cut off one node come back on another, by what stands in Redis. */
@Tag("external")
class RedisRecoveryTest {

  private static final Pattern PID = Pattern.compile("\"pid\":\"([^\"]+)\"");
  private static final Pattern OFFSET = Pattern.compile(",\"([^\"]*)\"]$");
  private static final int BURST = 30;
  private static final Duration LONG = Duration.ofSeconds(30);

  private final BlockingQueue<Socket> connected = new LinkedBlockingQueue<>();
  private RedisServer server;
  private RedisRooms redisOne;
  private RedisRooms redisTwo;
  private TestApplication one;
  private TestApplication two;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.run();
    redisOne = RedisRooms.connect(server.uri());
    redisTwo = RedisRooms.connect(server.uri());
    one = application(redisOne);
    two = application(redisTwo);
    awaitRecoverable();
  }

  @AfterEach
  void stop() throws Exception {
    one.close();
    two.close();
    redisOne.close();
    redisTwo.close();
    server.close();
  }

  private TestApplication application(RedisRooms redis) throws Exception {
    return new TestApplication(
        SocketIoConfig.builder().recovery(Recovery.DEFAULTS).build(),
        SocketIoRedis.adapter(redis),
        io -> io.onConnection(connected::add));
  }

  /** A client, and what it knows. */
  private record Known(Received client, Socket socket, String pid) {

    String same() {
      return "40{\"sid\":\"" + socket.id() + "\",\"pid\":\"" + pid + "\"}";
    }
  }

  private Known join(TestApplication node) throws Exception {
    Received client = node.client().join("/", "");
    String answer = client.next();
    return new Known(client, connected.poll(10, TimeUnit.SECONDS), TestClient.value(PID, answer));
  }

  private static Received back(TestApplication node, Known known, String offset) throws Exception {
    return node.client().join("/", "{\"pid\":\"" + known.pid + "\",\"offset\":\"" + offset + "\"}");
  }

  private static String offset(String event) {
    return TestClient.value(OFFSET, event);
  }

  private static void assertEvent(Received client, String name) throws InterruptedException {
    assertThat(client.next()).startsWith("42[\"" + name + "\",");
  }

  /** What was sent before the client came may come to its node, and so to it, after it. */
  private static void awaitEvent(Received client, String name) throws InterruptedException {
    String event = client.next();
    while (!event.startsWith("42[\"" + name + "\",")) {
      assertThat(event).startsWith("42[\"");
      event = client.next();
    }
  }

  /** Until what the nodes send each other stands in the log, both ways. */
  private void awaitRecoverable() throws Exception {
    Known first = join(one);
    Known second = join(two);
    long end = System.nanoTime() + LONG.toNanos();
    awaitLogged(one, "one", second.client, end);
    awaitLogged(two, "two", first.client, end);
    first.client.abort();
    second.client.abort();
  }

  private static void awaitLogged(TestApplication from, String name, Received to, long end)
      throws Exception {
    String offset = "";
    while (offset.isEmpty()) {
      assertThat(System.nanoTime()).as("never").isLessThan(end);
      from.io().emit(name + "?", 1);
      String event = to.next(Duration.ofMillis(100));
      // What its own node has sent to it says nothing.
      offset = event == null || !event.startsWith("42[\"" + name + "?") ? "" : offset(event);
    }
    from.io().emit(name + "!", 1);
    awaitEvent(to, name + "!"); // after the questions
  }

  @Test
  void whatIsSentWhileRedisDoesNotAnswerWaitsForIt() throws Exception {
    Known known = join(two);
    String text = "x".repeat(100_000); // more than rooms hold by default
    server.pause();
    for (int i = 0; i < BURST; i++) {
      one.io().emit("burst", i, text);
    }
    awaitNoticed(redisOne);
    server.goOn();
    for (int i = 0; i < BURST; i++) {
      assertThat(known.client.next()).startsWith("42[\"burst\"," + i + ",");
    }
  }

  private static void awaitNoticed(RedisRooms redis) {
    long end = System.nanoTime() + LONG.toNanos();
    while (redis.status().connected()) {
      assertThat(System.nanoTime()).as("never").isLessThan(end);
      Thread.onSpinWait();
    }
  }

  @Test
  void aClientComesBackOnAnotherNode() throws Exception {
    Known known = join(one);
    known.socket.join("room");
    known.socket.data().put("user", Map.of("name", "ann"));
    two.io().to("room").emit("before", new byte[] {1});
    assertThat(known.client.next()).startsWith("451-[\"before\",");
    assertThat(known.client.next()).isEqualTo("0x01");
    one.io().to("room").emit("got", "text");
    String got = known.client.next();
    known.client.abort();
    while (!one.io().sockets().sockets().isEmpty()) {
      Thread.onSpinWait();
    }
    Known witness = join(two);
    one.io().emit("a", 1);
    awaitEvent(witness.client, "a");
    two.io().to("room").emit("b", 2);
    two.io().to("other").emit("no");

    Received client = back(two, known, offset(got));
    assertEvent(client, "a");
    assertEvent(client, "b");
    assertThat(client.next()).isEqualTo(known.same());
    Socket socket = connected.poll(10, TimeUnit.SECONDS);
    assertThat(socket.isRecovered()).isTrue();
    assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "room");
    assertThat(socket.data()).containsEntry("user", Map.of("name", "ann"));
    one.io().to("room").emit("after", 3);
    assertEvent(client, "after");
  }

  @Test
  void aNodeGoesAndItsClientsComeBackElsewhere() throws Exception {
    Known known = join(one);
    one.io().emit("got", 1);
    String got = known.client.next();
    one.close();
    Known witness = join(two);
    two.io().emit("missed", 2);
    awaitEvent(witness.client, "missed");
    Received client = back(two, known, offset(got));
    assertEvent(client, "missed");
    assertThat(client.next()).isEqualTo(known.same());
  }

  @Test
  void whileRedisIsAwayEventsComeAtOnceAndNobodyIsToldThatNothingWasMissed() throws Exception {
    Known known = join(one);
    one.io().emit("got", 1);
    String got = known.client.next();
    server.kill();
    for (int i = 0; i < 100; i++) {
      one.io().emit("local", i);
      assertThat(known.client.next()).startsWith("42[\"local\"," + i + ",");
    }
    known.client.abort();
    assertThat(back(two, known, offset(got)).next())
        .startsWith("40{\"sid\":")
        .doesNotContain(known.pid);
    server.restart();
    awaitRecoverable();
    connected.clear();
    Known again = join(one);
    two.io().emit("got", 1);
    String last = again.client.next();
    again.client.abort();
    while (one.io().sockets().sockets().containsKey(again.socket.id())) {
      Thread.onSpinWait();
    }
    Known witness = join(two);
    one.io().emit("missed", 2);
    awaitEvent(witness.client, "missed");
    Received client = back(two, again, offset(last));
    assertEvent(client, "missed");
    assertThat(client.next()).isEqualTo(again.same());
  }
}
