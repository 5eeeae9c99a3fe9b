package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.concat;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The end of the peer's half of TCP, right behind what it sent. */
class LastWordsFaultTest extends FaultTest {

  private final RecordedEcho echo = new RecordedEcho();

  private final ExecutorService pool = Executors.newFixedThreadPool(2);

  LastWordsFaultTest(Container container) {
    super(container);
  }

  @AfterEach
  void stopPool() {
    pool.shutdownNow();
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

  private void assertAnswered(RawClient client, CountDownLatch resuming) throws IOException {
    assertThat(client.next()).hasToString("text a");
    resuming.countDown();
    assertThat(client.next()).hasToString("text b");
    assertThat(client.next()).hasToString("text c");
    assertThat(client.next()).hasToString("close 1000");
    assertThat(client.isEnded()).isTrue();
  }
}
