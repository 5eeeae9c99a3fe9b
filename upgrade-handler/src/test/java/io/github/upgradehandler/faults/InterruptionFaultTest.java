package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.servlet.RawClient;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.provider.MethodSource;

/** Threads that are interrupted while they send to connections which are not to blame. */
@MethodSource("io.github.upgradehandler.faults.Container#secure")
class InterruptionFaultTest extends FaultTest {

  private static final int MEMBERS = 20;

  private final List<WebSocket> members = new ArrayList<>();
  private final List<RawClient> clients = new ArrayList<>();
  private final CompletableFuture<Boolean> stillInterrupted = new CompletableFuture<>();

  /** Sends to all members what one says, on a thread that is interrupted. */
  private final RecordedEcho echo =
      new RecordedEcho() {
        @Override
        public void onText(WebSocket socket, String text) {
          Thread.currentThread().interrupt();
          send(member -> member.sendText(text));
        }
      };

  InterruptionFaultTest(Container container) {
    super(container);
  }

  private void send(Consumer<WebSocket> what) {
    members.forEach(what);
    stillInterrupted.complete(Thread.currentThread().isInterrupted());
  }

  private void openAll() throws Exception {
    serve(handshake -> echo, Map.of());
    for (int i = 0; i < MEMBERS; i++) {
      clients.add(open());
      members.add(echo.nextOpened());
    }
  }

  private void onInterruptedThread(Consumer<WebSocket> what) throws Exception {
    Thread thread =
        new Thread(
            () -> {
              Thread.currentThread().interrupt();
              send(what);
            });
    thread.start();
    thread.join();
  }

  private void assertStillInterrupted() throws Exception {
    assertThat(stillInterrupted.get(20, TimeUnit.SECONDS)).isTrue();
  }

  private void assertAllGet(String frame) throws Exception {
    for (RawClient client : clients) {
      assertThat(client.next()).hasToString(frame);
    }
  }

  @Test
  void R19_a_thread_of_the_application_sends_while_it_is_interrupted() throws Exception {
    openAll();
    onInterruptedThread(member -> member.sendText("to all"));
    assertAllGet("text to all");
    assertStillInterrupted();
    PreparedMessage large = PreparedMessage.binary(ByteBuffer.allocate(300_000));
    onInterruptedThread(member -> member.send(large));
    for (RawClient client : clients) {
      assertThat(client.next().payload()).hasSize(large.length());
    }
  }

  @Test
  void R19_a_handler_sends_while_its_thread_is_interrupted() throws Exception {
    openAll();
    for (String text : new String[] {"once", "and again"}) {
      clients.get(0).send(text(text));
      assertAllGet("text " + text);
    }
    assertStillInterrupted();
  }

  @Test
  void R19_a_thread_closes_while_it_is_interrupted() throws Exception {
    openAll();
    onInterruptedThread(WebSocket::close);
    assertAllGet("close 1000");
    for (RawClient client : clients) {
      client.answerClose(1000);
      assertThat(echo.nextClosed().code()).isEqualTo(1000);
    }
  }

  @Test
  void R19_a_thread_aborts_while_it_is_interrupted() throws Exception {
    openAll();
    onInterruptedThread(WebSocket::abort);
    for (RawClient client : clients) {
      assertThat(client.isEnded()).isTrue();
      assertThat(echo.nextClosed().code()).isEqualTo(1006);
    }
  }
}
