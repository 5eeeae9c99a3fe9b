package io.github.upgradehandler.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.socketio.testing.TestApplication;
import io.github.upgradehandler.socketio.testing.TestClient;
import io.github.upgradehandler.socketio.testing.TestClient.Received;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;

/** Events and their answers, in both directions. */
class EventsTest {

  record Order(String item, int count) {}

  private final BlockingQueue<Socket> connected = new LinkedBlockingQueue<>();

  private Socket connected() throws InterruptedException {
    return connected.poll(10, TimeUnit.SECONDS);
  }

  @Test
  void anEventIsAnsweredWithRecordsAndBytes() throws Exception {
    try (TestApplication application =
        new TestApplication(
            io ->
                io.onConnection(
                    socket ->
                        socket.on(
                            "order",
                            (args, ack) -> {
                              Order order = args.get(0, Order.class);
                              ack.send(new Order(order.item(), order.count() + 1), args.bytes(1));
                              ack.send("twice");
                            })))) {
      Received socket = application.client().join();
      socket.send(
          "451-7[\"order\",{\"item\":\"x\",\"count\":1},{\"_placeholder\":true,\"num\":0}]");
      socket.send(new byte[] {1, 2});
      assertThat(socket.next())
          .isEqualTo("461-7[{\"item\":\"x\",\"count\":2},{\"_placeholder\":true,\"num\":0}]");
      assertThat(socket.next()).isEqualTo("0x0102");
      socket.send("42[\"order\",{\"item\":\"x\"}]"); // fails, and ends nothing
      socket.send("428[\"order\",{\"item\":\"y\",\"count\":1},2]");
      socket.send("429[\"unknown\"]");
      socket.send("41");
      socket.send("40");
      assertThat(socket.next()).startsWith("40{");
    }
  }

  @Test
  void aClientAnswersOrNot() throws Exception {
    try (TestApplication application = new TestApplication(io -> io.onConnection(connected::add))) {
      Received client = application.client().join();
      Socket socket = connected();
      CompletableFuture<Args> answer = socket.emitWithAck("question", 1);
      assertThat(client.next()).isEqualTo("420[\"question\",1]");
      client.send("4399[\"nobody has asked\"]");
      client.send("430[\"yes\"]");
      assertThat(answer.get(10, TimeUnit.SECONDS).text(0)).isEqualTo("yes");

      CompletableFuture<Args> late = socket.emitWithAck(Duration.ofMillis(50), "question");
      assertThatThrownBy(() -> late.get(10, TimeUnit.SECONDS))
          .isInstanceOf(ExecutionException.class)
          .hasCauseInstanceOf(TimeoutException.class);

      CompletableFuture<Args> never = socket.emitWithAck("question");
      client.abort();
      assertThatThrownBy(() -> never.get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(DisconnectedException.class);
      assertThatThrownBy(() -> socket.emitWithAck("question").get(10, TimeUnit.SECONDS))
          .hasCauseInstanceOf(DisconnectedException.class);
    }
  }

  @Test
  void answersThatAreAwaitedAreBounded() throws Exception {
    SocketIoConfig config =
        SocketIoConfig.builder().limits(SocketIoLimits.DEFAULTS.withMaxPendingAcks(1)).build();
    try (TestApplication application =
        new TestApplication(config, io -> io.onConnection(connected::add))) {
      application.client().join();
      Socket socket = connected();
      CompletableFuture<Args> first = socket.emitWithAck("question");
      assertThatThrownBy(() -> socket.emitWithAck("question").get(10, TimeUnit.SECONDS))
          .hasMessageContaining("maxPendingAcks");
      assertThat(first).isNotDone();
    }
  }

  @Test
  void middlewareOfASocketMayDropEvents() throws Exception {
    try (TestApplication application =
        new TestApplication(
            io ->
                io.onConnection(
                    socket ->
                        socket
                            .use(
                                (event, args, next) -> {
                                  if (event.equals("bad")) {
                                    next.refuse("no");
                                  } else {
                                    next.proceed();
                                  }
                                })
                            .onAny((event, args) -> socket.emit("any", event, args.size()))
                            .on("good", (args, ack) -> ack.send())))) {
      Received client = application.client().join();
      client.send("421[\"bad\"]");
      client.send("422[\"good\",1,2]");
      assertThat(client.next()).isEqualTo("42[\"any\",\"good\",2]");
      assertThat(client.next()).isEqualTo("432[]");
    }
  }

  @Test
  void listenersComeAndGo() throws Exception {
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    try (TestApplication application =
        new TestApplication(
            io ->
                io.onConnection(
                    socket -> {
                      EventListener first = (args, ack) -> heard.add("first");
                      socket
                          .on("a", first)
                          .once("a", (args, ack) -> heard.add("once"))
                          .on("off", (args, ack) -> socket.off("a", first))
                          .on("end", (args, ack) -> ack.send());
                    }))) {
      Received client = application.client().join();
      for (String event : List.of("a", "a", "off", "a")) {
        client.send("42[\"" + event + "\"]");
      }
      client.send("421[\"end\"]");
      assertThat(client.next()).isEqualTo("431[]");
      assertThat(heard).containsExactly("first", "once", "first");
    }
  }

  @Test
  void aListenerForOneEventIsRemovedByItsName() throws Exception {
    EventListener once = (args, ack) -> ack.send("once");
    EventListener always = (args, ack) -> ack.send("always");
    try (TestApplication application =
        new TestApplication(
            io ->
                io.onConnection(
                    socket -> {
                      socket.once("a", once).on("a", always);
                      assertThat(socket.listeners("a")).containsExactly(once, always);
                      socket.off("a", once);
                      assertThat(socket.listeners("a")).containsExactly(always);
                      assertThat(socket.listeners("b")).isEmpty();
                      socket.on("a", once).once("a", always).off("a", always);
                      assertThat(socket.listeners("a")).containsExactly(always, once);
                    }))) {
      Received client = application.client().join();
      client.send("421[\"a\"]");
      assertThat(client.next()).isEqualTo("431[\"always\"]");
    }
  }

  @Test
  void catchAllListenersHaveAnOrderAndGo() throws Exception {
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    try (TestApplication application =
        new TestApplication(
            io ->
                io.onConnection(
                    socket -> {
                      AnyListener second = (event, args) -> heard.add("second " + event);
                      AnyListener first = (event, args) -> heard.add("first " + event);
                      socket.onAny(second).prependAny(first);
                      socket.onAnyOutgoing(second).prependAnyOutgoing(first);
                      assertThat(socket.listenersAny()).containsExactly(first, second);
                      assertThat(socket.listenersAnyOutgoing()).containsExactly(first, second);
                      socket
                          .on("in", (args, ack) -> socket.emit("out"))
                          .on("less", (args, ack) -> socket.offAny(first).offAnyOutgoing(first))
                          .on("none", (args, ack) -> socket.offAny().offAnyOutgoing());
                    }))) {
      Received client = application.client().join();
      for (String event : List.of("in", "less", "in", "none", "in")) {
        client.send("42[\"" + event + "\"]");
      }
      for (int i = 0; i < 3; i++) {
        assertThat(client.next()).isEqualTo("42[\"out\"]");
      }
      assertThat(heard)
          .containsExactly(
              "first in",
              "second in",
              "first out",
              "second out",
              "first less",
              "second less",
              "second in",
              "second out",
              "second none");
    }
  }

  @Test
  void reservedNamesAndTooManyBytesAreRefusedWhereTheyAreSent() throws Exception {
    try (TestApplication application = new TestApplication(io -> io.onConnection(connected::add))) {
      application.client().join();
      Socket socket = connected();
      assertThatThrownBy(() -> socket.emit("disconnect"))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("\"disconnect\" is a reserved event name");
      Object[] eleven = Collections.nCopies(11, new byte[1]).toArray();
      assertThatThrownBy(() -> socket.emit("bytes", eleven))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(socket.isConnected()).isTrue();
    }
  }

  @Test
  void nothingComesBetweenAPacketAndItsAttachments() throws Exception {
    try (TestApplication application = new TestApplication(io -> io.onConnection(connected::add))) {
      Received client = application.client().join();
      Socket socket = connected();
      List<CompletableFuture<Void>> senders = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        senders.add(
            CompletableFuture.runAsync(
                () -> {
                  for (int n = 0; n < 100; n++) {
                    socket.emit("bytes", new byte[] {1}, new byte[] {2});
                  }
                }));
      }
      for (int n = 0; n < 400; n++) {
        assertThat(client.next()).startsWith("452-[\"bytes\"");
        assertThat(client.next()).isEqualTo("0x01");
        assertThat(client.next()).isEqualTo("0x02");
      }
      senders.forEach(CompletableFuture::join);
    }
  }

  @Test
  void eventsByPollingComeInOrder() throws Exception {
    List<String> heard = Collections.synchronizedList(new ArrayList<>());
    try (TestApplication application =
        new TestApplication(
            io ->
                io.onConnection(
                    socket -> socket.on("n", (args, ack) -> heard.add(args.json(0).asText()))))) {
      TestClient client = application.client();
      String session = client.poll();
      client.post(session, "40");
      assertThat(client.get(session).body()).startsWith("40{");
      StringBuilder body = new StringBuilder();
      for (int i = 0; i < 200; i++) {
        body.append(i == 0 ? "" : "\u001e").append("42[\"n\",").append(i).append(']');
      }
      assertThat(client.post(session, body.toString()).body()).isEqualTo("ok");
      assertThat(heard)
          .hasSize(200)
          .isSortedAccordingTo((a, b) -> Integer.parseInt(a) - Integer.parseInt(b));
    }
  }

  @Test
  void volatileEventsAreDroppedWhileNobodyPolls() throws Exception {
    try (TestApplication application = new TestApplication(io -> io.onConnection(connected::add))) {
      TestClient client = application.client();
      String session = client.poll();
      client.post(session, "40");
      assertThat(client.get(session).body()).startsWith("40{");
      Socket socket = connected();
      socket.emitVolatile("dropped", new byte[1]);
      socket.emit("kept");
      assertThat(client.get(session).body()).isEqualTo("42[\"kept\"]");
    }
  }

  @Test
  void theServerDisconnects() throws Exception {
    BlockingQueue<String> ends = new LinkedBlockingQueue<>();
    try (TestApplication application =
        new TestApplication(
            io ->
                io.onConnection(
                    socket -> {
                      socket.onDisconnecting(reason -> ends.add(reason + " " + socket.rooms()));
                      socket.onDisconnect(reason -> ends.add(reason + " " + socket.rooms()));
                      connected.add(socket);
                    }))) {
      Received client = application.client().join();
      connected().disconnect();
      assertThat(client.next()).isEqualTo("41");
      assertThat(ends.poll(10, TimeUnit.SECONDS))
          .isEqualTo("server namespace disconnect [" + client.sid() + "]");
      assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("server namespace disconnect []");
      client.send("40");
      assertThat(client.next()).startsWith("40{");
      connected().disconnectClient();
      assertThat(client.next()).isEqualTo("41");
      assertThat(client.next()).isEqualTo(TestClient.CLOSED);
      ends.poll(10, TimeUnit.SECONDS);
      assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo("forced server close []");
    }
  }

  @Test
  void shutdownTellsNoClientToStayAway() throws Exception {
    BlockingQueue<DisconnectReason> ends = new LinkedBlockingQueue<>();
    Received client;
    try (TestApplication application =
        new TestApplication(io -> io.onConnection(socket -> socket.onDisconnect(ends::add)))) {
      client = application.client().join();
    }
    assertThat(client.next()).isEqualTo(TestClient.CLOSED);
    assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.SERVER_SHUTTING_DOWN);
  }
}
