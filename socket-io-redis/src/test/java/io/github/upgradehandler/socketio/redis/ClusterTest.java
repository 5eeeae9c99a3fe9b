package io.github.upgradehandler.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.redis.RedisRooms;
import io.github.upgradehandler.redis.RedisServer;
import io.github.upgradehandler.socketio.Args;
import io.github.upgradehandler.socketio.RemoteSocket;
import io.github.upgradehandler.socketio.Socket;
import io.github.upgradehandler.socketio.SocketIo;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.testing.NpmProject;
import io.github.upgradehandler.socketio.testing.TestApplication;
import io.github.upgradehandler.socketio.testing.TestClient.Received;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** One server of Node.js and one of ours: everything works both ways, on the clients of both. */
@Tag("external")
class ClusterTest {

  private static final Duration LONG = Duration.ofSeconds(10);

  private static RedisServer redisServer;
  private static NodeServer node;
  private static RedisRooms redis;
  private static TestApplication application;
  private static final BlockingQueue<Args> TOLD = new LinkedBlockingQueue<>();

  private SocketIo io;
  private Received here;
  private Received there;

  @BeforeAll
  static void start() throws Exception {
    NpmProject scripts = NpmProject.install(Path.of("src/test/cluster"));
    redisServer = RedisServer.run();
    node = NodeServer.start(scripts, redisServer.uri());
    redis = RedisRooms.connect(redisServer.uri());
    application =
        new TestApplication(
            SocketIoConfig.defaults(),
            SocketIoRedis.adapter(redis),
            server -> {
              server.of("/custom");
              server.sockets().onServerSide("told", (args, ack) -> TOLD.add(args));
              server
                  .sockets()
                  .onServerSide("asked", (args, ack) -> ack.send("java " + args.json(0).asText()));
            });
    get(application.io().of("/custom").adapter().serverCount());
  }

  @AfterAll
  static void stop() throws Exception {
    application.close();
    redis.close();
    node.close();
    redisServer.close();
  }

  @BeforeEach
  void join() throws Exception {
    io = application.io();
    here = application.client().join();
    there = node.client().join();
  }

  @AfterEach
  void leave() throws Exception {
    io.sockets().everyone().disconnectClients();
    while (node.run("return io.of('/').sockets.size").asInt() > 0
        || !io.sockets().sockets().isEmpty()) {
      Thread.onSpinWait();
    }
    assertThat(((RedisAdapter) io.sockets().adapter()).openQuestions()).isZero();
  }

  private static <T> T get(CompletionStage<T> stage) throws Exception {
    return stage.toCompletableFuture().get(LONG.toSeconds(), TimeUnit.SECONDS);
  }

  private Socket mine() {
    return io.sockets().sockets().get(here.sid());
  }

  private void nodeJoins(String room) throws Exception {
    node.run("io.of('/').sockets.get('" + there.sid() + "').join('" + room + "')");
  }

  private void assertBothGet(String... packets) throws Exception {
    for (String packet : packets) {
      assertThat(here.next()).isEqualTo(packet);
      assertThat(there.next()).isEqualTo(packet);
    }
  }

  @Test
  void toAllWithBytes() throws Exception {
    io.emit("event", 1, Map.of("text", "\u00e4\ud83d\ude00"), new byte[] {1, 2}, 1.5, null, true);
    String text =
        "451-[\"event\",1,{\"text\":\"\u00e4\ud83d\ude00\"},{\"_placeholder\":true,\"num\":0},1.5,"
            + "null,true]";
    assertBothGet(text, "0x0102");
    node.run(
        "io.emit('event', 1, { text: '\u00e4\ud83d\ude00' }, Buffer.from([1, 2]), 1.5, null, true)");
    assertBothGet(text, "0x0102");
    node.run("io.emit('date', new Date(0), 2 ** 40, -1, undefined)");
    assertThat(here.next())
        .isEqualTo("42[\"date\",\"1970-01-01T00:00:00.000Z\",1099511627776,-1,null]");
  }

  @Test
  void toRoomsAndNotToOthers() throws Exception {
    mine().join("room", "mine");
    nodeJoins("room");
    io.to("room").emit("a");
    io.to("room").except("mine").emit("b");
    io.to("nobody").emit("no");
    io.to("nobody", "room").emit("c");
    assertThat(here.next()).isEqualTo("42[\"a\"]");
    assertThat(here.next()).isEqualTo("42[\"c\"]");
    for (String event : List.of("a", "b", "c")) {
      assertThat(there.next()).isEqualTo("42[\"" + event + "\"]");
    }
    node.run(
        "io.to('room').emit('d'); io.to('room').except('mine').emit('e'); io.to('nobody').emit('no');"
            + " io.to(['nobody', 'room']).emit('f'); io.local.emit('local');"
            + " io.to('"
            + here.sid()
            + "').emit('one')");
    assertThat(here.next()).isEqualTo("42[\"d\"]");
    assertThat(here.next()).isEqualTo("42[\"f\"]");
    assertThat(here.next()).isEqualTo("42[\"one\"]");
  }

  @Test
  void toOneSocketOfTheOther() throws Exception {
    io.to(there.sid()).emit("one");
    assertThat(there.next()).isEqualTo("42[\"one\"]");
    mine().broadcast().emit("others");
    io.sockets().local().emit("local");
    assertThat(there.next()).isEqualTo("42[\"others\"]");
    assertThat(here.next()).isEqualTo("42[\"local\"]");
  }

  @Test
  void otherNamespacesHaveTheirOwn() throws Exception {
    Received custom = application.client().join("/custom", "");
    assertThat(custom.next()).startsWith("40/custom,{");
    node.run("io.emit('main'); io.of('/custom').emit('custom')");
    assertThat(here.next()).isEqualTo("42[\"main\"]");
    assertThat(custom.next()).isEqualTo("42/custom,[\"custom\"]");
    custom.abort();
  }

  @Test
  void answersOfTheClientsOfBoth() throws Exception {
    CompletableFuture<List<Args>> answers = io.sockets().emitWithAck(LONG, "question", 1);
    assertThat(here.next()).isEqualTo("420[\"question\",1]");
    String asked = there.next();
    assertThat(asked).endsWith("[\"question\",1]");
    here.send("430[\"here\"]");
    there.send("43" + asked.substring(2, asked.indexOf('[')) + "[{\"from\":\"there\"}]");
    assertThat(get(answers))
        .extracting(args -> args.json(0).toString())
        .containsExactlyInAnyOrder("\"here\"", "{\"from\":\"there\"}");
  }

  @Test
  void theClientsOfBothAnswerNode() throws Exception {
    CompletableFuture<JsonNode> answers =
        CompletableFuture.supplyAsync(
            () -> {
              try {
                return node.run("return await io.timeout(10000).emitWithAck('question', 1)");
              } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
              }
            });
    String asked = there.next();
    assertThat(here.next()).isEqualTo("420[\"question\",1]");
    here.send("430[\"here\",2]");
    there.send("43" + asked.substring(2, asked.indexOf('[')) + "[\"there\"]");
    assertThat(get(answers))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder("here", "there");
  }

  @Test
  void socketsAreFoundOnBoth() throws Exception {
    mine().join("room");
    mine().data().put("user", Map.of("name", "ann"));
    node.run("io.of('/').sockets.get('" + there.sid() + "').data.user = { name: 'bob' }");
    List<RemoteSocket> all = get(io.sockets().fetchSockets());
    assertThat(all).extracting(RemoteSocket::id).containsExactlyInAnyOrder(here.sid(), there.sid());
    RemoteSocket other =
        all.stream().filter(one -> one.id().equals(there.sid())).findFirst().orElseThrow();
    assertThat(other.rooms()).containsExactly(there.sid());
    assertThat(other.data()).isEqualTo(Map.of("user", Map.of("name", "bob")));
    assertThat(other.handshake().path("address").asText()).contains("127.0.0.1");
    assertThat(get(io.in("room").fetchSockets())).hasSize(1);
    assertThat(get(io.sockets().local().fetchSockets())).hasSize(1);

    JsonNode found =
        node.run(
            "return (await io.in('room').fetchSockets()).map(({ id, rooms, data, handshake }) =>"
                + " ({ id, rooms: [...rooms].sort(), data, address: handshake.address }))");
    assertThat(found).hasSize(1);
    assertThat(found.path(0).path("id").asText()).isEqualTo(here.sid());
    assertThat(found.path(0).path("rooms")).hasSize(2);
    assertThat(found.path(0).path("data").path("user").path("name").asText()).isEqualTo("ann");
    assertThat(found.path(0).path("address").asText()).isEqualTo("127.0.0.1");
    assertThat(node.run("return [...await io.of('/').adapter.allRooms()].sort()"))
        .extracting(JsonNode::asText)
        .containsExactlyInAnyOrder(here.sid(), there.sid(), "room");
  }

  @Test
  void socketsJoinAndLeave() throws Exception {
    io.in(there.sid()).socketsJoin("joined");
    io.to("joined").emit("a");
    assertThat(there.next()).isEqualTo("42[\"a\"]");
    io.in("joined").socketsLeave("joined");
    io.to("joined").emit("no");
    io.emit("b");
    assertBothGet("42[\"b\"]");

    node.run(
        "io.in('"
            + here.sid()
            + "').socketsJoin(['one', 'two']); io.to('one').emit('c');"
            + " io.in('one').socketsLeave('one'); io.to('one').emit('no'); io.to('two').emit('d')");
    assertThat(here.next()).isEqualTo("42[\"c\"]");
    assertThat(here.next()).isEqualTo("42[\"d\"]");
    assertThat(mine().rooms()).containsExactlyInAnyOrder(here.sid(), "two");
  }

  @Test
  void socketsAreDisconnected() throws Exception {
    io.in(there.sid()).disconnectSockets();
    assertThat(there.next()).isEqualTo("41");
    node.run("io.in('" + here.sid() + "').disconnectSockets()");
    assertThat(here.next()).isEqualTo("41");
    Received second = application.client().join();
    node.run("io.disconnectSockets(true)");
    assertThat(second.next()).isEqualTo("41");
    assertThat(second.next()).isEqualTo("closed");
  }

  @Test
  void serversAreTold() throws Exception {
    io.sockets().serverSideEmit("told", 1, Map.of("a", "b"));
    assertThat(node.run("return await nextTold()")).hasToString("[1,{\"a\":\"b\"}]");
    assertThat(get(io.sockets().serverSideEmitWithAck("asked", "x")))
        .extracting(args -> args.text(0))
        .containsExactly("node x");

    node.run("io.serverSideEmit('told', 2, 'text')");
    Args told = TOLD.poll(10, TimeUnit.SECONDS);
    assertThat(told).hasToString("[2, \"text\"]");
    assertThat(node.run("return await io.serverSideEmitWithAck('asked', 'y')"))
        .hasToString("[\"java y\"]");
  }

  @Test
  void anEmitterReachesBoth() throws Exception {
    mine().join("room");
    node.run(
        "emitter.emit('a', Buffer.from([7])); emitter.to('room').emit('b');"
            + " emitter.except('room').emit('no');"
            + " emitter.in('room').socketsJoin('other'); emitter.to('other').emit('d');"
            + " emitter.in('room').socketsLeave('other'); emitter.to('other').emit('no');"
            + " emitter.serverSideEmit('told', 'by emitter'); emitter.of('/custom').emit('no');"
            + " emitter.in('room').disconnectSockets()");
    assertThat(here.next()).isEqualTo("451-[\"a\",{\"_placeholder\":true,\"num\":0}]");
    assertThat(here.next()).isEqualTo("0x07");
    assertThat(here.next()).isEqualTo("42[\"b\"]");
    assertThat(here.next()).isEqualTo("42[\"d\"]");
    assertThat(here.next()).isEqualTo("41");
    assertThat(TOLD.poll(10, TimeUnit.SECONDS)).hasToString("[\"by emitter\"]");
    node.run("return await nextTold()");
  }
}
