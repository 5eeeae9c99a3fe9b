package io.github.upgradehandler.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.socketio.testing.TestApplication;
import io.github.upgradehandler.socketio.testing.TestClient;
import io.github.upgradehandler.socketio.testing.TestClient.Received;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Rooms, and what is sent to many. */
class BroadcastTest {

  private TestApplication application;
  private SocketIo io;
  private Received ann;
  private Received bob;
  private Received eve;

  @BeforeEach
  void start() throws Exception {
    SocketIoConfig config =
        SocketIoConfig.builder().limits(SocketIoLimits.DEFAULTS.withMaxRoomsPerSocket(4)).build();
    application = new TestApplication(config, server -> server.of("/other"));
    io = application.io();
    ann = application.client().join();
    bob = application.client().join();
    eve = application.client().join();
    socket(ann).join("a", "ab");
    socket(bob).join("ab");
  }

  @AfterEach
  void stop() throws Exception {
    application.close();
  }

  private Socket socket(Received client) {
    return io.sockets().sockets().get(client.sid());
  }

  /** What each gets before a last event that all get. */
  private void assertReceived(int byAnn, int byBob, int byEve) throws InterruptedException {
    io.emit("last");
    assertThat(List.of(received(ann), received(bob), received(eve)))
        .containsExactly(byAnn, byBob, byEve);
  }

  private static int received(Received client) throws InterruptedException {
    int count = 0;
    while (!client.next().equals("42[\"last\"]")) {
      count++;
    }
    return count;
  }

  @Test
  void toAll() throws Exception {
    io.emit("e", 1);
    assertThat(ann.next()).isEqualTo("42[\"e\",1]");
    assertReceived(0, 1, 1);
  }

  @Test
  void withoutCompression() throws Exception {
    TestClient client = application.client();
    String session = client.poll();
    client.post(session, "40");
    client.get(session);
    io.to("a").uncompressed().local().except("b").in("c").emit("e");
    assertThat(ann.next()).isEqualTo("42[\"e\"]");
    io.sockets().everyone().uncompressed().emit("e", "x".repeat(2000));
    HttpRequest.Builder poll = client.request(session).header("Accept-Encoding", "gzip");
    assertThat(client.send(poll).body()).isEqualTo("42[\"e\",\"" + "x".repeat(2000) + "\"]");
    io.emit("e", "x".repeat(2000));
    assertThat(client.send(poll).headers().firstValue("Content-Encoding")).contains("gzip");
    CompletableFuture<List<Args>> unanswered =
        io.sockets()
            .everyone()
            .uncompressed()
            .emitWithAck(Duration.ofSeconds(9), "e", "x".repeat(2000));
    assertThat(client.send(poll).body()).isEqualTo("420[\"e\",\"" + "x".repeat(2000) + "\"]");
    assertThat(unanswered).isNotDone();
  }

  @Test
  void toRoomsOnceEach() throws Exception {
    io.to("a", "ab").emit("e");
    assertReceived(1, 1, 0);
  }

  @Test
  void exceptRooms() throws Exception {
    io.to("ab").except("a").emit("e");
    io.except("ab").emit("e");
    assertReceived(0, 1, 1);
  }

  @Test
  void toOthers() throws Exception {
    socket(ann).broadcast().emit("e");
    socket(ann).to("ab").emit("e");
    assertReceived(0, 2, 1);
  }

  @Test
  void toOne() throws Exception {
    io.to(bob.sid()).emit("e");
    io.sockets().local().to("nobody").emit("e");
    assertReceived(0, 1, 0);
  }

  @Test
  void roomsAreLeft() throws Exception {
    socket(ann).leave("ab");
    io.to("ab").emit("e");
    assertReceived(0, 1, 0);
    assertThat(socket(ann).rooms()).containsExactlyInAnyOrder(ann.sid(), "a");
  }

  @Test
  void manyAreMovedAtOnce() throws Exception {
    io.in("ab").socketsJoin("c");
    io.in("a").socketsLeave("c");
    io.to("c").emit("e");
    assertReceived(0, 1, 0);
  }

  @Test
  void manyAreFound() throws Exception {
    socket(ann).data().put("name", "ann");
    List<RemoteSocket> found =
        io.in("a").fetchSockets().toCompletableFuture().get(10, TimeUnit.SECONDS);
    assertThat(found).hasSize(1);
    assertThat(found.get(0).id()).isEqualTo(ann.sid());
    assertThat(found.get(0).rooms()).containsExactlyInAnyOrder(ann.sid(), "a", "ab");
    assertThat(found.get(0).data()).containsEntry("name", "ann");
  }

  @Test
  void manyAreDisconnected() throws Exception {
    io.in("ab").disconnectSockets();
    assertThat(ann.next()).isEqualTo("41");
    assertThat(bob.next()).isEqualTo("41");
    io.emit("e");
    assertThat(eve.next()).isEqualTo("42[\"e\"]");
  }

  @Test
  void allAnswer() throws Exception {
    CompletableFuture<List<Args>> answers =
        io.to("ab").emitWithAck(Duration.ofSeconds(10), "question");
    assertThat(ann.next()).isEqualTo("420[\"question\"]");
    assertThat(bob.next()).isEqualTo("420[\"question\"]");
    ann.send("430[1]");
    bob.send("430[2]");
    assertThat(answers.get(10, TimeUnit.SECONDS))
        .extracting(args -> args.json(0).asInt())
        .containsExactlyInAnyOrder(1, 2);
    assertThat(
            io.to("nobody")
                .emitWithAck(Duration.ofSeconds(10), "question")
                .get(10, TimeUnit.SECONDS))
        .isEmpty();
  }

  @Test
  void theAnswersThatCameAreKnownWhenOneIsMissing() throws Exception {
    CompletableFuture<List<Args>> answers =
        io.to("ab").emitWithAck(Duration.ofMillis(300), "question");
    assertThat(ann.next()).isEqualTo("420[\"question\"]");
    ann.send("430[1]");
    assertThatThrownBy(() -> answers.get(10, TimeUnit.SECONDS))
        .cause()
        .isInstanceOfSatisfying(
            MissingAnswersException.class, e -> assertThat(e.answers()).hasSize(1));
  }

  @Test
  void roomsOfASocketAreBounded() {
    assertThatThrownBy(() -> socket(ann).join("one", "two"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("maxRoomsPerSocket");
    assertThat(socket(ann).rooms()).hasSize(3);
  }

  @Test
  void nothingIsLeftOfThoseThatAreGone() throws Exception {
    InMemoryAdapter adapter = (InMemoryAdapter) io.sockets().adapter();
    CompletableFuture<Void> gone = new CompletableFuture<>();
    Socket socket = socket(eve);
    socket(ann).disconnect();
    socket(bob).disconnect();
    socket.onDisconnect(reason -> gone.complete(null));
    eve.abort();
    gone.get(10, TimeUnit.SECONDS);
    socket.join("late");
    assertThat(ann.next()).isEqualTo("41");
    assertThat(bob.next()).isEqualTo("41");
    for (Received client : List.of(ann, bob)) { // what was sent before is handled when this is
      client.send("40");
      assertThat(client.next()).startsWith("40{");
    }
    assertThat(adapter.roomCount()).isEqualTo(4);
  }
}
