package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.binary;
import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.concat;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whose turn it is, on threads that many share, and what comes last. */
class TurnFaultTest extends FaultTest {

  private static final int FLOODING = 4;
  private static final int PIECES = 20_000;

  private final RecordedEcho echo = new RecordedEcho();
  private final ExecutorService pool = Executors.newFixedThreadPool(2);

  TurnFaultTest(Container container) {
    super(container);
  }

  @AfterEach
  void stopPool() {
    pool.shutdownNow();
  }

  /** Takes its time over binary messages, and answers texts. */
  private static final class Slow implements WebSocketHandler {

    private final AtomicInteger sum = new AtomicInteger();

    @Override
    public void onText(WebSocket socket, String text) {
      socket.sendText(text);
    }

    @Override
    public void onBinary(WebSocket socket, ByteBuffer payload) {
      for (int pass = 0; pass < 3; pass++) {
        for (int i = payload.position(); i < payload.limit(); i++) {
          sum.addAndGet(payload.get(i));
        }
      }
    }
  }

  @Test
  void R25_a_peer_that_sends_faster_than_its_messages_are_handled() throws Exception {
    Slow slow = new Slow();
    serve(handshake -> slow, Map.of());
    AtomicBoolean enough = new AtomicBoolean();
    byte[] message = binary(new byte[16 << 10]);
    List<CompletableFuture<Void>> floods = new ArrayList<>();
    for (int i = 0; i < FLOODING; i++) {
      RawClient flooding = open();
      floods.add(CompletableFuture.runAsync(() -> sendUntil(enough, flooding, message)));
    }
    RawClient other = open();
    for (int i = 0; i < 50; i++) {
      other.send(text("echo " + i));
      assertThat(other.next()).hasToString("text echo " + i);
    }
    enough.set(true);
    for (CompletableFuture<Void> flood : floods) {
      flood.get(60, TimeUnit.SECONDS);
    }
  }

  private static void sendUntil(AtomicBoolean enough, RawClient client, byte[] message) {
    try {
      while (!enough.get()) {
        client.send(message);
      }
    } catch (IOException e) {
      throw new AssertionError("the flooding peer was ended", e);
    }
  }

  /** Where handlers run, and whether the first message pauses for a moment. */
  enum Handling {
    CONTAINER,
    EXECUTOR,
    PAUSED,
    PAUSED_ON_EXECUTOR;

    boolean pauses() {
      return this == PAUSED || this == PAUSED_ON_EXECUTOR;
    }

    boolean hasExecutor() {
      return this == EXECUTOR || this == PAUSED_ON_EXECUTOR;
    }
  }

  @ParameterizedTest
  @EnumSource
  void R26_the_end_right_behind_messages(Handling handling) throws Exception {
    if (container == Container.TOMCAT_NIO2) {
      assertNio2EndsItOnce();
      return;
    }
    CountDownLatch resuming = new CountDownLatch(1);
    serveOn(handling, pausingEcho(handling, resuming));
    RawClient client = open();
    client.send(text("a"), text("b"), text("c"), close(1000, "bye"));
    client.finish();
    assertAnswered(client, resuming);
    CloseEvent event = echo.nextClosed();
    assertThat(event.status().code()).isEqualTo(1000);
    assertThat(event.status().reason()).isEqualTo("bye");
    assertThat(event.clean()).isTrue();
  }

  /** Together with the handshake: the end may be there before the connection is. */
  @ParameterizedTest
  @EnumSource
  void R26_the_end_right_behind_the_handshake(Handling handling) throws Exception {
    if (container == Container.TOMCAT_NIO2) {
      assertNio2EndsItOnce();
      return;
    }
    for (int i = 0; i < 12; i++) {
      CountDownLatch resuming = new CountDownLatch(1);
      if (server == null) {
        serveOn(handling, pausingEcho(handling, resuming));
      }
      resuming.countDown();
      RawClient client = connect();
      client.send(
          concat(
              RawClient.handshake("/socket").getBytes(ISO_8859_1),
              text("a"),
              text("b"),
              text("c"),
              close(1000, "")));
      client.finish();
      assertThat(client.readReply().status()).isEqualTo(101);
      assertAnswered(client, resuming);
      assertThat(echo.nextClosed().code()).isEqualTo(1000);
    }
  }

  /** Without a Close frame: what came is answered all the same. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void R26_the_end_without_a_close_frame(boolean atOnce) throws Exception {
    if (container == Container.TOMCAT_NIO2) {
      assertNio2EndsItOnce();
      return;
    }
    serve(handshake -> echo, Map.of());
    for (int i = 0; i < 12; i++) {
      RawClient client = connect();
      byte[] messages = concat(text("a"), text("b"), text("c"));
      byte[] handshake = RawClient.handshake("/socket").getBytes(ISO_8859_1);
      if (atOnce) {
        client.send(concat(handshake, messages));
        client.finish();
        assertThat(client.readReply().status()).isEqualTo(101);
      } else {
        client.send(handshake);
        assertThat(client.readReply().status()).isEqualTo(101);
        client.send(messages);
        client.finish();
      }
      assertThat(client.next()).hasToString("text a");
      assertThat(client.next()).hasToString("text b");
      assertThat(client.next()).hasToString("text c");
      assertThat(echo.nextClosed().code()).isEqualTo(1006);
      assertThat(client.isEnded()).isTrue();
    }
  }

  /**
   * Tomcat's NIO2 connector (10.1.59) closes the socket as soon as it has read the end, so that
   * what is not sent by then is lost. What came before is handled all the same.
   */
  private void assertNio2EndsItOnce() throws Exception {
    List<String> texts = Collections.synchronizedList(new ArrayList<>());
    serve(
        handshake ->
            new RecordedEcho() {
              @Override
              public void onText(WebSocket socket, String text) {
                texts.add(text);
              }

              @Override
              public void onClose(WebSocket socket, CloseEvent event) {
                echo.onClose(socket, event);
              }
            },
        Map.of());
    RawClient client = open();
    client.send(text("a"), text("b"), text("c"));
    client.finish();
    assertThat(echo.nextClosed().code()).isEqualTo(1006);
    assertThat(texts).containsExactly("a", "b", "c");
    assertThat(client.isEnded()).isTrue();
  }

  private WebSocketHandler pausingEcho(Handling handling, CountDownLatch resuming) {
    return new WebSocketHandler() {
      @Override
      public void onText(WebSocket socket, String text) {
        socket.sendText(text);
        if (handling.pauses() && text.equals("a")) {
          socket.pause();
          Thread waiting = new Thread(() -> resume(socket));
          waiting.start();
        }
      }

      private void resume(WebSocket socket) {
        await(resuming);
        socket.resume();
      }

      @Override
      public void onClose(WebSocket socket, CloseEvent event) {
        echo.onClose(socket, event);
      }
    };
  }

  private void serveOn(Handling handling, WebSocketHandler handler) throws Exception {
    if (handling.hasExecutor()) {
      serveOn(pool, handler, Map.of());
    } else {
      serve(handshake -> handler, Map.of());
    }
  }

  private void serveOn(Executor executor, WebSocketHandler handler, Map<String, String> options)
      throws Exception {
    WebSocketConfig config = WebSocketConfig.builder().executor(executor).build();
    serve(new WebSocketServlet(config, handshake -> handler), options);
  }

  private void assertAnswered(RawClient client, CountDownLatch resuming) throws IOException {
    assertThat(client.next()).hasToString("text a");
    resuming.countDown();
    assertThat(client.next()).hasToString("text b");
    assertThat(client.next()).hasToString("text c");
    assertThat(client.next()).hasToString("close 1000");
    assertThat(client.isEnded()).isTrue();
  }

  /** The obvious way to send much: the next piece when the one before is out. */
  @Test
  void R27_stages_that_cause_the_next_one() throws Exception {
    serve(handshake -> new Pump(), Map.of());
    RawClient client = open();
    client.send(text("go"));
    for (int i = 0; i < PIECES; i++) {
      assertThat(client.next().payload()).hasSize(1024);
    }
    assertThat(client.next()).hasToString("text done");
    client.send(text("ping?"));
    assertThat(client.next()).hasToString("text ping?");
  }

  private static final class Pump extends RecordedEcho {

    @Override
    public void onText(WebSocket socket, String text) {
      if (text.equals("go")) {
        pump(socket, PIECES);
      } else {
        super.onText(socket, text);
      }
    }

    private static void pump(WebSocket socket, int left) {
      if (left == 0) {
        socket.sendText("done");
        return;
      }
      socket.sendBinary(new byte[1024]);
      socket.whenSent().thenRun(() -> pump(socket, left - 1));
    }
  }

  /** Ending a connection does not wait for the threads of handlers. */
  @Test
  void R28_an_executor_whose_threads_are_all_in_handlers() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    List<WebSocket> sockets = Collections.synchronizedList(new ArrayList<>());
    WebSocketHandler blocking =
        new WebSocketHandler() {
          @Override
          public void onOpen(WebSocket socket) {
            sockets.add(socket);
            socket.sendText("open");
          }

          @Override
          public void onText(WebSocket socket, String text) {
            await(release);
          }
        };
    serveOn(pool, blocking, Map.of("closeTimeout", SHORT));
    List<RawClient> clients = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      RawClient client = open();
      assertThat(client.next()).hasToString("text open");
      clients.add(client);
    }
    clients.get(0).send(text("block"));
    clients.get(1).send(text("block"));
    sockets.get(2).abort();
    sockets.get(3).close();
    assertThat(clients.get(2).isEnded()).isTrue();
    assertThat(clients.get(3).next()).hasToString("close 1000");
    assertThat(clients.get(3).isEnded()).as("after closeTimeout").isTrue();
    release.countDown();
  }

  /** Two connections that resume each other, in both directions, on threads of the container. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void R28_two_that_resume_each_other(boolean inline) throws Exception {
    Executor executor =
        inline
            ? Runnable::run
            : task -> {
              throw new RejectedExecutionException("full");
            };
    List<WebSocket> sockets = Collections.synchronizedList(new ArrayList<>());
    AtomicInteger received = new AtomicInteger();
    WebSocketHandler relay =
        new WebSocketHandler() {
          @Override
          public void onOpen(WebSocket socket) {
            sockets.add(socket);
            socket.sendText("open");
          }

          @Override
          public void onBinary(WebSocket socket, ByteBuffer payload) {
            received.incrementAndGet();
            WebSocket other = sockets.get(socket == sockets.get(0) ? 1 : 0);
            socket.pause();
            other.sendBinary(payload);
            other.whenSent().whenComplete((sent, failure) -> socket.resume());
          }
        };
    serveOn(executor, relay, Map.of());
    RawClient[] clients = {open(), open()};
    List<CompletableFuture<Void>> exchanges = new ArrayList<>();
    for (RawClient client : clients) {
      assertThat(client.next()).hasToString("text open");
    }
    for (RawClient client : clients) {
      exchanges.add(CompletableFuture.runAsync(() -> sendMany(client)));
      exchanges.add(CompletableFuture.runAsync(() -> receiveMany(client)));
    }
    for (CompletableFuture<Void> exchange : exchanges) {
      exchange.get(60, TimeUnit.SECONDS);
    }
    assertThat(received).hasValue(2 * RELAYED);
  }

  private static final int RELAYED = 300;

  private static void sendMany(RawClient client) {
    try {
      for (int i = 0; i < RELAYED; i++) {
        client.send(binary(new byte[20_000]));
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void receiveMany(RawClient client) {
    try {
      for (int i = 0; i < RELAYED; i++) {
        assertThat(client.next().payload()).hasSize(20_000);
      }
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
