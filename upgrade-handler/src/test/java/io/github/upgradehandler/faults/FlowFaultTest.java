package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.binary;
import static io.github.upgradehandler.testing.ClientFrames.concat;
import static io.github.upgradehandler.testing.ClientFrames.ping;
import static io.github.upgradehandler.testing.ClientFrames.pong;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseEvent.Initiator;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.servlet.WebSocketServlet;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testkit.Frame;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Peers that send, or leave unread, more than anyone wants. */
class FlowFaultTest extends FaultTest {

  /** What the kernels of both ends take of a stream that nobody reads. */
  private static final int MAX_IN_KERNELS = 16 << 20;

  private final RecordedEcho echo = new RecordedEcho();

  FlowFaultTest(Container container) {
    super(container);
  }

  @Test
  void R1_endless_pings_from_a_peer_that_never_reads() throws Exception {
    serve(handshake -> echo, Map.of("sendTimeout", SHORT));
    RawClient client = connect(SMALL_WINDOW);
    client.open();
    WebSocket socket = echo.nextOpened();
    AtomicLong maxBuffered = new AtomicLong();
    byte[] ping = ping("p".repeat(125));
    CompletableFuture<Void> pinging =
        CompletableFuture.runAsync(
            () -> {
              try {
                for (int i = 0; i < 1_000_000; i++) {
                  client.send(ping);
                  maxBuffered.accumulateAndGet(socket.bufferedBytes(), Math::max);
                }
              } catch (IOException e) {
                return; // ended by the server
              }
            });
    CloseEvent end = echo.nextClosed();
    assertThat(end.code()).isEqualTo(1006);
    assertThat(end.initiator()).isEqualTo(Initiator.TRANSPORT);
    pinging.get(20, TimeUnit.SECONDS);
    System.out.println(container + " R1: at most " + maxBuffered + " bytes of pongs waited");
    assertThat(maxBuffered.get())
        .as("bytes of pongs waiting: the watermark, and the one that passed it")
        .isLessThanOrEqualTo((64 << 10) + ping.length);
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
    long before = LeakCheck.heapAfterCollecting();
    for (int i = 0; i < 1000; i++) {
      client.send(thousand);
    }
    client.send(text("there?"));
    assertThat(client.next()).hasToString("text there?");
    long kept = LeakCheck.heapAfterCollecting() - before;
    System.out.println(container + " R2: " + kept + " bytes of heap kept");
    assertThat(kept).as("bytes of heap kept").isLessThan(2 << 20);
  }

  /**
   * The message ends where a read of 8 KiB does, as Tomcat's: the pause comes between two reads.
   */
  @Test
  void R3_a_pause_while_the_container_reads_on() throws Exception {
    Executor moment = CompletableFuture.delayedExecutor(2, TimeUnit.MILLISECONDS);
    WebSocketHandler pausing =
        new WebSocketHandler() {
          @Override
          public void onText(WebSocket socket, String text) {
            socket.sendText(text);
          }

          @Override
          public void onBinary(WebSocket socket, ByteBuffer payload) {
            socket.pause();
            moment.execute(socket::resume);
          }
        };
    serve(handshake -> pausing, Map.of());
    RawClient client = open();
    byte[] message = binary(new byte[(8 << 10) - 8]);
    for (int i = 0; i < 50; i++) {
      client.send(concat(message, text("behind it " + i)));
      assertThat(client.next()).hasToString("text behind it " + i);
    }
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
    long left = sent.get() * (long) message.length;
    System.out.println(container + " R3: " + left + " bytes left the client");
    assertThat(left).as("bytes that left the client").isLessThan(MAX_IN_KERNELS);
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
    int subscribers = 1000;
    int stalled = 10;
    Publisher publisher = new Publisher();
    serve(publisher, Map.of("sendTimeout", SHORT, "pingInterval", "0"));
    for (int i = 0; i < stalled; i++) {
      connect(SMALL_WINDOW).open();
    }
    Set<WebSocket> stalling = publisher.subscribers();
    List<RawClient> reading = new ArrayList<>();
    for (int i = stalled; i < subscribers; i++) {
      reading.add(open());
    }
    fillBuffers(stalling);
    int round = 0;
    for (; publisher.count() > reading.size(); round++) {
      publisher.publish("round " + round);
      for (RawClient client : reading) {
        assertThat(client.next()).hasToString("text round " + round);
      }
    }
    Await.until("stalled ones to hear of their end", () -> publisher.ends.size() == stalled);
    assertThat(publisher.ends).containsOnly(1006);
    publisher.publish("last");
    for (RawClient client : reading) {
      assertThat(client.next()).hasToString("text last");
    }
    assertThat(publisher.count()).isEqualTo(reading.size());
  }

  /** Until the operating system takes no more, which it may do on other threads. */
  private static void fillBuffers(Set<WebSocket> sockets) {
    Await.until(
        "nothing more to be taken",
        () -> {
          long before = sockets.stream().filter(FlowFaultTest::fill).count();
          LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(20));
          return before == 0;
        });
  }

  /** Whether some was missing until enough waits. */
  private static boolean fill(WebSocket socket) {
    PreparedMessage message = PreparedMessage.binary(ByteBuffer.allocate(60_000));
    boolean missing = false;
    while (socket.bufferedBytes() < 4L * message.length() && socket.send(message).isAccepted()) {
      missing = true;
    }
    return missing;
  }

  private static final class Publisher extends WebSocketServlet {
    final transient Queue<Integer> ends = new ConcurrentLinkedQueue<>();

    @Override
    protected WebSocketHandler accept(Handshake handshake) {
      return new WebSocketHandler() {
        @Override
        public void onClose(WebSocket socket, CloseEvent event) {
          ends.add(event.code());
        }
      };
    }

    void publish(String text) {
      PreparedMessage message = PreparedMessage.text(text);
      connections().forEach(socket -> socket.send(message));
    }

    Set<WebSocket> subscribers() {
      return Set.copyOf(connections());
    }

    int count() {
      return connections().size();
    }
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
    for (; frame.kind() == Frame.Kind.TEXT; frame = client.next()) {
      String[] words = frame.text().split(" ", -1);
      int sender = Integer.parseInt(words[0]);
      assertThat(Integer.parseInt(words[1])).as("of thread %d", sender).isEqualTo(next[sender]++);
      received++;
    }
    assertThat(frame.kind()).isEqualTo(Frame.Kind.CLOSE);
    allSent.get(60, TimeUnit.SECONDS);
    assertThat(received).isEqualTo(accepted.get());
    client.answerClose(frame.closeCode());
    assertThat(echo.nextClosed().initiator()).isEqualTo(Initiator.LOCAL);
  }
}
