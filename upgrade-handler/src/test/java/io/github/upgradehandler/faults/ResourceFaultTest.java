package io.github.upgradehandler.faults;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static io.github.upgradehandler.testing.ClientFrames.binary;
import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.hex;
import static io.github.upgradehandler.testing.ClientFrames.ping;
import static io.github.upgradehandler.testing.ClientFrames.pong;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseEvent.Initiator;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.frame.Opcode;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.servlet.WebSocketServlet;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.Frame;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Peers and applications that use up memory, time and threads. */
class ResourceFaultTest extends FaultTest {

  private static final int SMALL_WINDOW = 4096;
  private static final String SHORT = "300ms";

  /** What the kernels of both ends take of a stream that nobody reads. */
  private static final int MOST_IN_KERNELS = 16 << 20;

  /** The profile soak has a million. */
  private static final int COMING_AND_GOING = Integer.getInteger("leak.connections", 300);

  /** The profile soak has ten thousand. */
  private static final int IDLE = Integer.getInteger("idle.connections", 100);

  private final Echo echo = new Echo();

  ResourceFaultTest(Container container) {
    super(container);
  }

  @Test
  void R1_endless_pings_from_a_peer_that_never_reads() throws Exception {
    serve(handshake -> echo, Map.of("sendTimeout", SHORT));
    RawClient client = connect(SMALL_WINDOW);
    client.open();
    WebSocket socket = echo.nextOpened();
    AtomicLong mostBuffered = new AtomicLong();
    byte[] ping = ping("p".repeat(125));
    CompletableFuture<Void> pinging =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (int i = 0; i < 1_000_000; i++) {
                  client.send(ping);
                  mostBuffered.accumulateAndGet(socket.bufferedBytes(), Math::max);
                }
              } catch (IOException e) {
                return; // ended by the server
              }
            });
    CloseEvent end = echo.nextClosed();
    assertThat(end.code()).isEqualTo(1006);
    assertThat(end.initiator()).isEqualTo(Initiator.TRANSPORT);
    pinging.get(20, TimeUnit.SECONDS);
    assertThat(mostBuffered.get()).as("bytes of pongs waiting").isLessThan(64 << 10);
  }

  @Test
  void R2_a_million_unsolicited_pongs() throws Exception {
    serve(handshake -> echo, Map.of());
    RawClient client = open();
    byte[] pong = pong(new byte[] {1, 2, 3});
    byte[] thousand = new byte[1000 * pong.length];
    for (int i = 0; i < 1000; i++) {
      System.arraycopy(pong, 0, thousand, i * pong.length, pong.length);
    }
    long before = heapAfterCollecting();
    for (int i = 0; i < 1000; i++) {
      client.send(thousand);
    }
    client.send(text("there?"));
    assertThat(client.next()).hasToString("text there?");
    assertThat(heapAfterCollecting() - before).as("bytes of heap kept").isLessThan(2 << 20);
  }

  @Test
  void R3_messages_faster_than_the_handler_takes_them() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger taken = new AtomicInteger();
    WebSocketHandler slow =
        new WebSocketHandler() {
          @Override
          public void onBinary(WebSocket socket, ByteBuffer payload) {
            taken.incrementAndGet();
            await(release);
          }
        };
    serve(handshake -> slow, Map.of());
    RawClient client = open();
    byte[] message = binary(new byte[60_000]);
    int count = 1000;
    AtomicInteger sent = new AtomicInteger();
    CompletableFuture<Void> sending =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (int i = 0; i < count; i++) {
                  client.send(message);
                  sent.incrementAndGet();
                }
              } catch (IOException e) {
                throw new IllegalStateException(e);
              }
            });
    Await.until("the first message", () -> taken.get() == 1);
    awaitStandstill(sent);
    assertThat(taken).as("messages taken").hasValue(1);
    assertThat(sent.get() * (long) message.length)
        .as("bytes that left the client")
        .isLessThan(MOST_IN_KERNELS);
    release.countDown();
    sending.get(20, TimeUnit.SECONDS);
    Await.until("all messages", () -> taken.get() == count);
  }

  private static void awaitStandstill(AtomicInteger number) {
    int[] last = {-1};
    long[] since = {0};
    Await.until(
        "a standstill",
        () -> {
          if (number.get() != last[0]) {
            last[0] = number.get();
            since[0] = System.nanoTime();
          }
          return System.nanoTime() - since[0] > TimeUnit.MILLISECONDS.toNanos(300);
        });
  }

  @Test
  void R4_subscribers_that_stop_reading() throws Exception {
    int subscribers = 50;
    int stalled = 5;
    Publisher publisher = new Publisher();
    serve(publisher, Map.of("sendTimeout", SHORT));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < subscribers; i++) {
      RawClient client = connect(i < stalled ? SMALL_WINDOW : 0);
      client.open();
      clients.add(client);
    }
    String text = "x".repeat(60_000);
    for (int round = 0; publisher.count() > subscribers - stalled; round++) {
      publisher.publish(round + " " + text);
      for (RawClient client : clients.subList(stalled, subscribers)) {
        assertThat(client.next().text()).startsWith(round + " ");
      }
    }
    publisher.publish("last");
    for (RawClient client : clients.subList(stalled, subscribers)) {
      assertThat(client.next()).hasToString("text last");
    }
    assertThat(publisher.count()).as("stalled ones are gone").isEqualTo(subscribers - stalled);
  }

  private static final class Publisher extends WebSocketServlet {
    private static final long serialVersionUID = 1L;

    @Override
    protected WebSocketHandler accept(Handshake handshake) {
      return new WebSocketHandler() {};
    }

    void publish(String text) {
      PreparedMessage message = PreparedMessage.text(text);
      connections().forEach(socket -> socket.send(message));
    }

    int count() {
      return connections().size();
    }
  }

  @Test
  void R5_a_peer_that_never_answers_a_close() throws Exception {
    serve(handshake -> echo, Map.of("closeTimeout", SHORT));
    RawClient client = open();
    echo.nextOpened().close();
    assertThat(client.next()).hasToString("close 1000");
    assertThat(client.isEnded()).isTrue();
    assertThat(echo.nextClosed().code()).isEqualTo(1006);
    Await.until("TCP to end", () -> server.openConnections() == 0);
  }

  @Test
  void R5_a_peer_that_never_reads_while_we_close() throws Exception {
    serve(
        handshake -> echo,
        Map.of("closeTimeout", SHORT, "sendTimeout", "10s", "outboundLimitBytes", "100000000"));
    RawClient client = connect(SMALL_WINDOW);
    client.open();
    WebSocket socket = echo.nextOpened();
    socket.sendBinary(new byte[30_000_000]);
    socket.close();
    assertThat(echo.nextClosed().code()).isEqualTo(1006);
    Await.until("TCP to end", () -> server.openConnections() == 0);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "81", "8185", "8185 0000", "8185 00000000 6162", "0181 00000000 61"})
  void R6_rst_and_fin_in_the_middle_of_a_frame(String begun) throws Exception {
    serve(handshake -> echo, Map.of());
    for (boolean reset : new boolean[] {true, false}) {
      RawClient client = open();
      client.send(text("a"), hex(begun));
      assertThat(client.next()).hasToString("text a");
      if (reset) {
        client.reset();
      } else {
        client.finish();
      }
      assertThat(echo.nextClosed().code()).isEqualTo(1006);
    }
    Await.until("TCP to end", () -> server.openConnections() == 0);
    assertThat(echo.closed).as("onClose once for each").isEmpty();
  }

  /** A million sends that each are accepted, or answered with CLOSED, or OVERFLOW. */
  @Test
  void R7_a_million_messages_of_64_threads_to_a_socket_that_is_closed_meanwhile() throws Exception {
    serve(
        handshake -> echo,
        Map.of("overflowPolicy", "drop", "outboundLimitBytes", "1000000", "closeTimeout", "60s"));
    RawClient client = open();
    WebSocket socket = echo.nextOpened();
    int threads = 64;
    int sends = 1_000_000 / threads;
    AtomicInteger accepted = new AtomicInteger();
    List<CompletableFuture<Void>> senders = new ArrayList<>();
    CountDownLatch begin = new CountDownLatch(1);
    for (int thread = 0; thread < threads; thread++) {
      int sender = thread;
      CompletableFuture<Void> done = new CompletableFuture<>();
      senders.add(done);
      new Thread(
              () -> {
                try {
                  await(begin);
                  int next = 0;
                  for (int i = 0; i < sends; i++) {
                    if (socket.sendText(sender + " " + next).isAccepted()) {
                      next++;
                      if (accepted.incrementAndGet() == 500_000) {
                        socket.close(CloseStatus.of(4001, "enough"));
                      }
                    }
                  }
                  done.complete(null);
                } catch (Throwable e) {
                  done.completeExceptionally(e);
                }
              })
          .start();
    }
    begin.countDown();
    CompletableFuture<Void> allSent =
        CompletableFuture.allOf(senders.toArray(CompletableFuture[]::new))
            .thenRun(socket::close); // if too much was dropped for the other close
    int[] next = new int[threads];
    int received = 0;
    Frame frame = client.next();
    for (; frame.opcode() == Opcode.TEXT; frame = client.next()) {
      String[] words = frame.text().split(" ", -1);
      int sender = Integer.parseInt(words[0]);
      assertThat(Integer.parseInt(words[1])).as("of thread %d", sender).isEqualTo(next[sender]++);
      received++;
    }
    assertThat(frame.opcode()).isEqualTo(Opcode.CLOSE);
    allSent.get(60, TimeUnit.SECONDS);
    assertThat(received).isEqualTo(accepted.get());
    client.answerClose(frame.closeCode());
    assertThat(echo.nextClosed().initiator()).isEqualTo(Initiator.LOCAL);
  }

  @ParameterizedTest
  @ValueSource(strings = {"81", "8185 0000", "8185 00000000 61"})
  void R8_a_frame_that_never_ends(String begun) throws Exception {
    serve(handshake -> echo, Map.of("frameTimeout", SHORT));
    RawClient client = open();
    client.send(hex(begun));
    assertThat(client.next()).hasToString("close 1008 frame too slow");
  }

  @Test
  void R9_a_peer_that_vanishes_without_a_fin() throws Exception {
    serve(handshake -> echo, Map.of("pingInterval", SHORT, "pongTimeout", SHORT));
    RawClient client = open();
    assertThat(client.next().opcode()).isEqualTo(Opcode.PING);
    assertThat(echo.nextClosed().code()).isEqualTo(1006);
    Await.until("TCP to end", () -> server.openConnections() == 0);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void R10_a_handler_that_throws(boolean error) throws Exception {
    WebSocketHandler throwing =
        new WebSocketHandler() {
          @Override
          public void onText(WebSocket socket, String text) {
            if (text.equals("throw")) {
              if (error) {
                throw new StackOverflowError("secret");
              }
              throw new IllegalStateException("secret");
            }
            socket.sendText(text);
          }
        };
    serve(handshake -> throwing, Map.of());
    try (CapturedLog log = new CapturedLog()) {
      RawClient other = open();
      RawClient client = open();
      client.send(text("throw"));
      assertThat(client.next()).hasToString("close 1011 internal error");
      client.answerClose(1011);
      other.send(text("still here"));
      assertThat(other.next()).hasToString("text still here");
      assertThat(log.messages()).singleElement().asString().endsWith("secret");
    }
  }

  @Test
  void R11_a_handler_that_blocks() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    WebSocketHandler blocking =
        new WebSocketHandler() {
          @Override
          public void onText(WebSocket socket, String text) {
            if (text.equals("block")) {
              await(release);
            }
            socket.sendText(text);
          }
        };
    serve(handshake -> blocking, Map.of());
    RawClient[] blocked = {open(), open(), open(), open()};
    for (RawClient client : blocked) {
      client.send(text("block"));
    }
    RawClient other = open();
    for (int i = 0; i < 100; i++) {
      other.send(text("on " + i));
      assertThat(other.next()).hasToString("text on " + i);
    }
    release.countDown();
    for (RawClient client : blocked) {
      assertThat(client.next()).hasToString("text block");
    }
  }

  @Timeout(value = 1, unit = TimeUnit.HOURS)
  @Test
  void R12_undeploying_with_open_connections() throws Exception {
    serve(handshake -> echo, Map.of("drainTimeout", "500ms", "drainCode", "1012"));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < IDLE; i++) {
      clients.add(open());
    }
    CompletableFuture<Void> undeployed =
        CompletableFuture.runAsync(
            () -> {
              try {
                server.undeploy();
              } catch (Exception e) {
                throw new IllegalStateException(e);
              }
            });
    for (RawClient client : clients) {
      assertThat(client.next()).hasToString("close 1012 server shuts down");
    }
    for (RawClient client : clients.subList(0, IDLE / 2)) { // the others never answer
      client.send(close(1012, ""));
    }
    undeployed.get(20, TimeUnit.SECONDS);
    for (RawClient client : clients) {
      assertThat(client.isEnded()).isTrue();
      assertThat(echo.nextClosed().initiator()).isEqualTo(Initiator.LOCAL);
    }
    assertThat(connect().request(RawClient.handshake("/socket")).status()).isIn(404, 503);
  }

  @Timeout(value = 2, unit = TimeUnit.HOURS)
  @Test
  void R13_connects_and_disconnects_half_of_them_by_rst() throws Exception {
    serve(handshake -> echo, Map.of("compression", "true"));
    LeakCheck leaks = new LeakCheck(() -> comeAndGo(100), server::openConnections);
    leaks.assertNothingIsLeftOf(() -> comeAndGo(COMING_AND_GOING));
  }

  private void comeAndGo(int connections) throws Exception {
    for (int i = 0; i < connections; i++) {
      try (RawClient client = new RawClient(server.port(), 0)) {
        client.open();
        client.send(text("a"));
        assertThat(client.next()).hasToString("text a");
        if (i % 2 == 0) {
          client.reset();
        } else {
          client.send(close(1000, ""));
          assertThat(client.next()).hasToString("close 1000");
        }
      }
      echo.nextOpened();
      echo.nextClosed();
    }
  }

  /** What cannot read the wall clock cannot be moved by it. */
  @Test
  void R14_the_wall_clock_jumps() {
    noClasses()
        .should()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .dependOnClassesThat()
        .belongToAnyOf(Clock.class, Instant.class, Date.class, Calendar.class)
        .check(new ClassFileImporter().importPath(Path.of("target", "classes")));
  }

  @Test
  void R15_many_deadlines_at_the_same_moment() throws Exception {
    int count = 500;
    serve(handshake -> echo, Map.of("pingInterval", "500ms", "pongTimeout", "500ms"));
    for (int i = 0; i < count; i++) {
      open();
    }
    for (int i = 0; i < count; i++) {
      assertThat(echo.nextClosed().code()).isEqualTo(1006);
    }
    Await.until("TCP to end", () -> server.openConnections() == 0);
  }

  @Test
  void R16_the_http_session_ends() throws Exception {
    BlockingQueue<HttpSession> sessions = new LinkedBlockingQueue<>();
    serve(
        new WebSocketServlet() {
          private static final long serialVersionUID = 1L;

          @Override
          protected WebSocketHandler accept(Handshake handshake) {
            return echo;
          }

          @Override
          protected void describe(HttpServletRequest request, Handshake.Builder handshake) {
            sessions.add(request.getSession());
          }
        },
        Map.of("closeWithSession", "true"));
    RawClient ending = open();
    RawClient staying = open();
    sessions.remove().invalidate();
    assertThat(ending.next()).hasToString("close 1008 session ended");
    staying.send(text("still here"));
    assertThat(staying.next()).hasToString("text still here");
  }

  @Test
  void R17_sending_to_a_closed_socket() throws Exception {
    serve(handshake -> echo, Map.of());
    RawClient client = open();
    WebSocket socket = echo.nextOpened();
    client.reset();
    echo.nextClosed();
    List<SendResult> results =
        Arrays.asList(
            socket.sendText("x"),
            socket.sendText("x", true),
            socket.sendBinary(new byte[1]),
            socket.sendBinary(ByteBuffer.allocate(1), false),
            socket.send(PreparedMessage.text("x")),
            socket.sendPing(ByteBuffer.allocate(1)));
    assertThat(results).containsOnly(SendResult.CLOSED);
    socket.close();
    socket.abort();
    assertThat(socket.whenSent()).isCompletedExceptionally();
  }

  private static long heapAfterCollecting() {
    return LeakCheck.heapAfterCollecting();
  }

  private static void await(CountDownLatch latch) {
    try {
      if (!latch.await(60, TimeUnit.SECONDS)) {
        throw new AssertionError("never released");
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
