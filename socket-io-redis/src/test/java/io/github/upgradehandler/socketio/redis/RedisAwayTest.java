package io.github.upgradehandler.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.redis.RedisChannels;
import io.github.upgradehandler.redis.RedisListener;
import io.github.upgradehandler.redis.RedisRooms;
import io.github.upgradehandler.redis.RedisServer;
import io.github.upgradehandler.redis.RedisStatus;
import io.github.upgradehandler.socketio.Args;
import io.github.upgradehandler.socketio.MissingAnswersException;
import io.github.upgradehandler.socketio.MissingSocketsException;
import io.github.upgradehandler.socketio.RemoteSocket;
import io.github.upgradehandler.socketio.SocketIo;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.testing.TestApplication;
import io.github.upgradehandler.socketio.testing.TestClient.Received;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two servers of ours, of which one, or Redis, cannot be reached. */
@Tag("external")
class RedisAwayTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private final BlockingQueue<String> told = new LinkedBlockingQueue<>();
  private RedisServer server;
  private RedisRooms redisOne;
  private RedisRooms redisTwo;
  private TestApplication one;
  private TestApplication two;
  private SocketIo io;
  private Received ann;
  private Received bob;

  @BeforeEach
  void start() throws Exception {
    server = RedisServer.run();
    redisOne =
        RedisRooms.builder(server.uri())
            .listener(
                new RedisListener() {
                  @Override
                  public void away(RedisStatus status) {
                    told.add("away");
                  }

                  @Override
                  public void back(RedisStatus status) {
                    told.add("back");
                  }
                })
            .connect();
    redisTwo = RedisRooms.connect(server.uri());
    one = application(redisOne, "one");
    two = application(redisTwo, "two");
    io = one.io();
    ann = one.client().join();
    bob = two.client().join();
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("back");
    awaitSockets(2);
  }

  @AfterEach
  void stop() throws Exception {
    one.close();
    two.close();
    redisOne.close();
    redisTwo.close();
    server.close();
  }

  private static TestApplication application(RedisRooms redis, String name) throws Exception {
    return new TestApplication(
        SocketIoConfig.defaults(),
        SocketIoRedis.builder(redis).nodeName(name).requestsTimeout(Duration.ofSeconds(2)).build(),
        server -> server.sockets().onServerSide("asked", (args, ack) -> ack.send("by " + name)));
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  private List<RemoteSocket> sockets() throws Exception {
    try {
      return get(io.sockets().fetchSockets());
    } catch (java.util.concurrent.ExecutionException e) {
      return List.of();
    }
  }

  private void awaitSockets(int count) throws Exception {
    long end = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    while (sockets().size() != count) {
      assertThat(System.nanoTime()).as("never " + count + " sockets").isLessThan(end);
    }
  }

  private int openQuestions() {
    return ((RedisAdapter) io.sockets().adapter()).openQuestions();
  }

  @Test
  void localOperationsGoOnAndTheOthersAreNamed() throws Exception {
    CompletableFuture<List<Args>> before = io.sockets().emitWithAck(Duration.ofSeconds(1), "q");
    assertThat(ann.next()).isEqualTo("420[\"q\"]");
    assertThat(bob.next()).isEqualTo("420[\"q\"]");
    server.kill();
    ann.send("430[1]");
    assertThat(told.poll(10, TimeUnit.SECONDS)).isEqualTo("away");
    assertThatThrownBy(() -> get(before))
        .cause()
        .isInstanceOfSatisfying(
            MissingAnswersException.class, e -> assertThat(e.answers()).hasSize(1));

    for (int i = 0; i < 100; i++) {
      io.emit("n", i);
      assertThat(ann.next()).isEqualTo("42[\"n\"," + i + "]");
    }
    io.in(ann.sid()).socketsJoin("room");
    io.to("room").emit("room");
    assertThat(ann.next()).isEqualTo("42[\"room\"]");
    assertThatThrownBy(() -> get(io.sockets().fetchSockets()))
        .cause()
        .isInstanceOfSatisfying(
            MissingSocketsException.class,
            e -> {
              assertThat(e.sockets()).extracting(RemoteSocket::id).containsExactly(ann.sid());
              assertThat(e.nodes()).containsExactly("two");
            })
        .hasMessageContaining("away");
    assertThatThrownBy(() -> get(io.sockets().serverSideEmitWithAck("asked")))
        .cause()
        .isInstanceOf(MissingAnswersException.class)
        .hasMessageContaining("away");
    CompletableFuture<List<Args>> answers = io.sockets().emitWithAck(LONG, "q");
    assertThat(ann.next()).isEqualTo("421[\"q\"]");
    ann.send("431[2]");
    assertThatThrownBy(() -> get(answers))
        .cause()
        .isInstanceOfSatisfying(
            MissingAnswersException.class, e -> assertThat(e.answers()).hasSize(1))
        .hasMessageContaining("away");
    assertThat(openQuestions()).isZero();

    server.restart();
    assertThat(told.poll(30, TimeUnit.SECONDS)).isEqualTo("back");
    awaitSockets(2);
    io.emit("again");
    assertThat(ann.next()).isEqualTo("42[\"again\"]");
    assertThat(bob.next()).isEqualTo("42[\"again\"]");
    two.io().emit("back");
    assertThat(ann.next()).isEqualTo("42[\"back\"]");
    assertThat(get(io.sockets().serverSideEmitWithAck("asked")))
        .extracting(args -> args.text(0))
        .containsExactly("by two");
    assertThat(openQuestions()).isZero();
  }

  @Test
  void aNodeThatDoesNotAnswerIsNamed() throws Exception {
    try (RedisRooms other = RedisRooms.connect(server.uri());
        RedisChannels ghost = other.channels(() -> {})) {
      String requests = "socket.io-request#/#";
      get(ghost.subscribe(requests, (channel, message) -> {}));
      get(
          ghost.publish(
              requests,
              "{\"uid\":\"ghost\",\"type\":100,\"node\":\"the ghost\"}"
                  .getBytes(StandardCharsets.UTF_8)));
      assertThatThrownBy(() -> get(io.sockets().fetchSockets()))
          .cause()
          .isInstanceOfSatisfying(
              MissingSocketsException.class,
              e -> {
                assertThat(e.sockets())
                    .extracting(RemoteSocket::id)
                    .containsExactlyInAnyOrder(ann.sid(), bob.sid());
                assertThat(e.nodes()).containsExactly("the ghost");
              })
          .hasMessageContaining("1 of 2 other nodes have answered, missing: the ghost");
      assertThatThrownBy(() -> get(io.sockets().serverSideEmitWithAck("asked")))
          .cause()
          .isInstanceOfSatisfying(
              MissingAnswersException.class,
              e -> {
                assertThat(e.answers()).extracting(args -> args.text(0)).containsExactly("by two");
                assertThat(e.nodes()).containsExactly("the ghost");
              });
      CompletableFuture<List<Args>> answers =
          io.sockets().emitWithAck(Duration.ofSeconds(1), "question");
      ann.next();
      bob.next();
      ann.send("430[1]");
      bob.send("430[2]");
      assertThatThrownBy(() -> get(answers))
          .cause()
          .isInstanceOfSatisfying(
              MissingAnswersException.class,
              e -> {
                assertThat(e.answers()).hasSize(2);
                assertThat(e.nodes()).containsExactly("the ghost");
              })
          .hasMessageContaining("1 of 3 nodes have not said whom they ask");
      assertThat(openQuestions()).isZero();
    }
  }

  @Test
  void aNodeThatGoesIsNotMissed() throws Exception {
    two.close();
    awaitSockets(1);
    assertThat(get(io.sockets().adapter().serverCount())).isEqualTo(1);
  }

  @Test
  void whatIsNoMessageIsPassedOver() throws Exception {
    try (RedisRooms other = RedisRooms.connect(server.uri());
        RedisChannels channels = other.channels(() -> {})) {
      for (String channel :
          List.of("socket.io#/#", "socket.io-request#/#", "socket.io-response#/#")) {
        for (String message :
            List.of("", "{", "{}", "[]", "\u00c1", "{\"type\":3}", "{\"type\":7}")) {
          get(channels.publish(channel, message.getBytes(StandardCharsets.ISO_8859_1)));
        }
      }
      two.io().emit("after");
      assertThat(ann.next()).isEqualTo("42[\"after\"]");
    }
  }

  @Test
  void oneConnectionIsForOneServer() {
    assertThatThrownBy(() -> application(redisOne, "a second"))
        .hasStackTraceContaining("already: a second needs its own");
  }
}
