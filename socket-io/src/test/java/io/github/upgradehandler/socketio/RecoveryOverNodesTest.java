package io.github.upgradehandler.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.socketio.testing.TestApplication;
import io.github.upgradehandler.socketio.testing.TestClient;
import io.github.upgradehandler.socketio.testing.TestClient.Received;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients come back on another node, and get what they have missed, once and in order. */
class RecoveryOverNodesTest {

  private static final Pattern PID = Pattern.compile("\"pid\":\"([^\"]+)\"");
  private static final Pattern OFFSET = Pattern.compile(",\"([^\"]+)\"]$");

  private final SharedLog log = new SharedLog();
  private final SharedLog.Member logOfOne = log.member();
  private final SharedLog.Member logOfTwo = log.member();
  private final BlockingQueue<Socket> connected = new LinkedBlockingQueue<>();
  private final BlockingQueue<DisconnectReason> ends = new LinkedBlockingQueue<>();
  private TestApplication one;
  private TestApplication two;

  @BeforeEach
  void start() throws Exception {
    one = application(logOfOne);
    two = application(logOfTwo);
    log.settle();
  }

  @AfterEach
  void stop() throws Exception {
    one.close();
    two.close();
    log.close();
  }

  private TestApplication application(EventLog member) throws Exception {
    return new TestApplication(
        SocketIoConfig.builder().recovery(Recovery.DEFAULTS).build(),
        Adapter.Factory.local(namespace -> member),
        server ->
            server.onConnection(
                socket -> {
                  socket.onDisconnect(ends::add);
                  connected.add(socket);
                }));
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
    return new Known(client, nextConnected(), TestClient.value(PID, answer));
  }

  private Socket nextConnected() throws InterruptedException {
    return connected.poll(10, TimeUnit.SECONDS);
  }

  private static Received back(TestApplication node, Known known, String offset) throws Exception {
    String more = offset == null ? "" : ",\"offset\":\"" + offset + "\"";
    return node.client().join("/", "{\"pid\":\"" + known.pid + "\"" + more + "}");
  }

  private void cut(Known known) throws Exception {
    known.client.abort();
    assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.TRANSPORT_CLOSE);
    log.settle();
  }

  private static String offset(String event) {
    return TestClient.value(OFFSET, event);
  }

  private static void assertEvent(Received client, String name) throws InterruptedException {
    assertThat(client.next()).startsWith("42[\"" + name + "\",\"");
  }

  /** Until all that is known to be saved of a socket is known everywhere. */
  private void awaitSaved(Known known) throws InterruptedException {
    log.await(
        entry ->
            entry instanceof LogEntry.Session saved
                && saved.session().pid().equals(known.pid)
                && saved.session().rooms().equals(known.socket.rooms()));
    log.settle();
  }

  @Test
  void whatWasMissedComesInOrderAndThenTheAnswer() throws Exception {
    Known known = join(one);
    known.socket.join("room");
    known.socket.data().put("name", "ann");
    two.io().emit("before");
    String before = known.client.next();
    assertThat(before).startsWith("42[\"before\",\"");
    cut(known);
    one.io().emit("a");
    log.settle();
    two.io().to("room").emit("b");
    two.io().to("other").emit("no");
    two.io().except("room").emit("no");
    log.settle();
    one.io().to(known.socket.id()).emit("c");
    log.settle();

    Received client = back(two, known, offset(before));
    assertEvent(client, "a");
    assertEvent(client, "b");
    assertEvent(client, "c");
    assertThat(client.next()).isEqualTo(known.same());
    Socket socket = nextConnected();
    assertThat(socket.isRecovered()).isTrue();
    assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "room");
    assertThat(socket.data()).containsEntry("name", "ann");
    one.io().to("room").emit("after");
    assertEvent(client, "after");
  }

  @Test
  void aClientThatHasGotNoEventComesBack() throws Exception {
    Known known = join(one);
    cut(known);
    two.io().emit("missed");
    log.settle();
    Received client = back(two, known, null);
    assertEvent(client, "missed");
    assertThat(client.next()).isEqualTo(known.same());
  }

  @Test
  void aClientMayBeBackBeforeItsEndIsKnown() throws Exception {
    Known known = join(one);
    known.socket.join("room");
    awaitSaved(known);
    one.io().to("room").emit("got");
    String got = known.client.next();
    one.io().to("room").emit("lost on the way");
    log.settle();
    Received client = back(two, known, offset(got));
    assertEvent(client, "lost on the way");
    assertThat(client.next()).isEqualTo(known.same());
    assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.TRANSPORT_CLOSE);
    assertThat(one.io().sockets().sockets()).isEmpty();
    one.io().to("room").emit("after");
    assertEvent(client, "after");
  }

  @Test
  void aNodeMayEndWithoutAWord() throws Exception {
    Known known = join(one);
    known.socket.join("room");
    awaitSaved(known);
    one.io().to("room").emit("got");
    String got = known.client.next();
    log.settle();
    logOfOne.lose(entry -> true);
    known.client.abort();
    two.io().to("room").emit("missed");
    log.settle();
    Received client = back(two, known, offset(got));
    assertEvent(client, "missed");
    assertThat(client.next()).isEqualTo(known.same());
    assertThat(nextConnected().rooms()).contains("room");
  }

  @Test
  void nothingIsReplayedTwice() throws Exception {
    Known known = join(one);
    cut(known);
    one.io().emit("first");
    log.settle();
    Received client = back(two, known, null);
    String first = client.next();
    assertThat(client.next()).isEqualTo(known.same());
    client.abort();
    assertThat(ends.poll(10, TimeUnit.SECONDS)).isNotNull();
    log.settle();
    two.io().emit("second");
    log.settle();
    Received again = back(one, known, offset(first));
    assertEvent(again, "second");
    assertThat(again.next()).isEqualTo(known.same());
  }

  @Test
  void aVolatileEventDoesNotSpoilThePlace() throws Exception {
    Known known = join(one);
    one.io().emit("counted");
    String counted = known.client.next();
    log.settle();
    String unreliable = null;
    while (unreliable == null) { // one is dropped while another is still being written
      one.io().sockets().asVolatile().emit("volatile", "text");
      unreliable = known.client.next(Duration.ofMillis(100));
    }
    assertThat(counted).startsWith("42[\"counted\",\"");
    cut(known);
    one.io().emit("missed");
    log.settle();
    Received client = back(two, known, offset(unreliable));
    assertEvent(client, "missed");
    assertThat(client.next()).isEqualTo(known.same());
  }

  /** It is sent at once, which the log does not hold up. */
  @Test
  void whatWasGotBeforeItWasInTheLogDoesNotComeAgain() throws Exception {
    Known known = join(one);
    awaitSaved(known);
    log.hold();
    one.io().emit("ahead");
    String ahead = known.client.next();
    assertThat(ahead).startsWith("42[\"ahead\",\"log.").contains("~");
    two.io().emit("other");
    Received client = back(two, known, offset(ahead));
    assertThat(client.next(Duration.ofMillis(200))).isNull();
    log.goOn();
    assertEvent(client, "other");
    assertThat(client.next()).isEqualTo(known.same());
    assertEvent(known.client, "other");
  }

  @Test
  void whereSomethingIsLostNobodyIsToldThatNothingIs() throws Exception {
    Known known = join(one);
    one.io().emit("got");
    String got = known.client.next();
    cut(known);
    logOfOne.lose(entry -> entry instanceof LogEntry.Event);
    one.io().emit("lost");
    logOfOne.lose(entry -> false);
    one.io().emit("not lost");
    log.settle();
    assertThat(back(two, known, offset(got)).next())
        .startsWith("40{\"sid\":")
        .doesNotContain(known.pid);
  }

  @Test
  void whatWasForOneNodeAloneIsForThoseThatWereThere() throws Exception {
    Known known = join(one);
    cut(known);
    one.io().sockets().local().emit("of one");
    two.io().sockets().local().emit("of two");
    log.settle();
    Received client = back(two, known, null);
    assertEvent(client, "of one");
    assertThat(client.next()).isEqualTo(known.same());
  }

  @Test
  void whoeverHasLeftDoesNotComeBack() throws Exception {
    Known known = join(one);
    awaitSaved(known);
    known.client.send("41");
    assertThat(ends.poll(10, TimeUnit.SECONDS))
        .isEqualTo(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
    log.settle();
    assertThat(back(two, known, null).next()).startsWith("40{").doesNotContain(known.pid);
  }
}
