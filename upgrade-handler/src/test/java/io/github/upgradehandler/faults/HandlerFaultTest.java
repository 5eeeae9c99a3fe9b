package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.servlet.WebSocketServlet;
import io.github.upgradehandler.testing.CapturedLog;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Applications that throw, that block, and that come too late. */
class HandlerFaultTest extends FaultTest {

  private final RecordedEcho echo = new RecordedEcho();

  HandlerFaultTest(Container container) {
    super(container);
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
    serveOffTheIoThreads(blocking);
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

  /** Undertow calls on the threads that read for all: there, who blocks wants an executor. */
  private void serveOffTheIoThreads(WebSocketHandler handler) throws Exception {
    WebSocketConfig.Builder config = WebSocketConfig.builder();
    if (container == Container.UNDERTOW || container == Container.UNDERTOW_CHANNELS) {
      config.executor(command -> new Thread(command).start());
    }
    serve(new WebSocketServlet(config.build(), handshake -> handler), Map.of());
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
}
