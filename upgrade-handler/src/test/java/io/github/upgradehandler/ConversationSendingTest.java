package io.github.upgradehandler;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.testing.Await;
import java.lang.reflect.Proxy;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The blocking style: a slow peer slows the sender, and the end is told. */
@Timeout(60)
class ConversationSendingTest {

  private static final int WATERMARK = 1000;
  private static final int LIMIT = 1500;

  private static WebSocketConfig.Builder config() {
    return WebSocketConfig.builder().outboundWatermarkBytes(WATERMARK).outboundLimitBytes(LIMIT);
  }

  @Test
  void every_kind_of_message_is_sent_in_order() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              conversation.send("a");
              conversation.send(new byte[] {1});
              ByteBuffer buffer = ByteBuffer.wrap(new byte[] {0, 2, 3}, 1, 1);
              conversation.send(buffer);
              noting.note(buffer.remaining());
              conversation.send(new Message.Text("b"));
              conversation.send(new Message.Binary(new byte[] {4}));
              conversation.receive();
            })) {
      assertThat(talk.sent(5))
          .containsExactly("text a", "binary 01", "binary 02", "text b", "binary 04");
      assertThat(talk.nextNote()).isEqualTo(1);
    }
  }

  @Test
  void sending_waits_while_more_than_the_watermark_waits() throws Exception {
    AtomicInteger returned = new AtomicInteger();
    int messages = 100;
    try (Talk talk =
        new Talk(
            config(),
            (conversation, noting) -> {
              noting.awaitRelease();
              for (int i = 0; i < messages; i++) {
                conversation.send("%0400d".formatted(i));
                returned.incrementAndGet();
              }
            })) {
      talk.peer.stallReading();
      talk.release();
      Await.until("three messages", () -> returned.get() == 3);
      talk.awaitWaiting();
      assertThat(talk.peer.socket().bufferedBytes()).isBetween((long) WATERMARK, (long) LIMIT);
      talk.peer.readOnce();
      talk.awaitWaiting();
      assertThat(returned.get()).isEqualTo(3);
      talk.peer.resumeReading();
      assertThat(talk.sent(messages + 1)).hasSize(messages + 1).endsWith("close 1000");
    }
  }

  @Test
  void a_message_larger_than_the_limit_is_sent() throws Exception {
    try (Talk talk =
        new Talk(
            config(),
            (conversation, noting) -> {
              conversation.send(new byte[10 * LIMIT]);
              conversation.send(new byte[10 * LIMIT]);
            })) {
      assertThat(talk.sent(3))
          .containsExactly("binary of 15000 bytes", "binary of 15000 bytes", "close 1000");
    }
  }

  @Test
  void a_peer_that_never_reads_is_ended_and_the_sender_told() throws Exception {
    try (Talk talk =
        new Talk(
            config(),
            (conversation, noting) -> {
              noting.awaitRelease();
              noting.noteEnd(
                  () -> {
                    for (int i = 0; i < 1000; i++) {
                      conversation.send("x".repeat(700));
                    }
                  });
            })) {
      talk.peer.stallReading();
      talk.release();
      Await.until("a full queue", talk.peer.socket()::isAboveWatermark);
      talk.peer.advance(Duration.ofSeconds(11));
      assertThat(talk.nextEnd().closeEvent().code()).isEqualTo(1006);
    }
  }

  @Test
  void sending_after_the_end_is_told_although_messages_wait() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              noting.awaitRelease();
              noting.noteEnd(() -> conversation.send("x"));
              noting.note(conversation.receive());
            })) {
      talk.peer.sendBytes(text("a"), close(4000, ""));
      talk.release();
      assertThat(talk.nextEnd().closeEvent().code()).isEqualTo(4000);
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("a"));
    }
  }

  @Test
  void sending_while_the_connection_closes_waits_for_its_end() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              conversation.close();
              noting.noteEnd(() -> conversation.send("x"));
            })) {
      talk.awaitWaiting();
      assertThat(talk.hasNotes()).isFalse();
      talk.peer.sendBytes(close(1000, ""));
      assertThat(talk.nextEnd().closeEvent().code()).isEqualTo(1000);
    }
  }

  @Test
  void a_text_without_UTF_8_is_the_callers_mistake() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              assertThatThrownBy(() -> conversation.send("\ud800"))
                  .isInstanceOf(IllegalArgumentException.class);
              conversation.send("a");
            })) {
      assertThat(talk.sent(2)).containsExactly("text a", "close 1000");
    }
  }

  @Test
  void interrupting_who_waits_to_send_closes_with_1001() throws Exception {
    try (Talk talk =
        new Talk(
            config(),
            (conversation, noting) -> {
              noting.awaitRelease();
              try {
                conversation.send(new byte[10 * LIMIT]);
                conversation.send("not sent");
              } catch (InterruptedException e) {
                noting.note("interrupted");
                throw e;
              }
            })) {
      talk.peer.stallReading();
      talk.release();
      Await.until("a full queue", talk.peer.socket()::isAboveWatermark);
      talk.awaitWaiting();
      talk.thread().interrupt();
      assertThat(talk.nextNote()).isEqualTo("interrupted");
      talk.awaitEnd();
      talk.peer.resumeReading();
      assertThat(talk.sent(2)).containsExactly("binary of 15000 bytes", "close 1001 interrupted");
    }
  }

  @Test
  void who_is_interrupted_already_sends_nothing() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              Thread.currentThread().interrupt();
              conversation.send("not sent");
            })) {
      assertThat(talk.sent(1)).containsExactly("close 1001 interrupted");
    }
  }

  @Test
  void interrupting_who_waits_for_the_end_is_told() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              conversation.close();
              try {
                conversation.send("x");
              } catch (InterruptedException e) {
                noting.note("interrupted");
              }
            })) {
      talk.awaitWaiting();
      talk.thread().interrupt();
      assertThat(talk.nextNote()).isEqualTo("interrupted");
    }
  }

  @Test
  void many_threads_may_send() throws Exception {
    int threads = 4;
    int messages = 200;
    try (Talk talk =
        new Talk(
            config(),
            (conversation, noting) -> {
              List<CompletableFuture<Void>> senders =
                  IntStream.range(0, threads)
                      .mapToObj(i -> CompletableFuture.runAsync(() -> send(conversation, messages)))
                      .toList();
              senders.forEach(CompletableFuture::join);
            })) {
      assertThat(talk.sent(threads * messages + 1)).endsWith("close 1000");
    }
  }

  private static void send(Conversation conversation, int count) {
    try {
      for (int i = 0; i < count; i++) {
        conversation.send("x".repeat(100));
      }
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  /** {@link OverflowPolicy#DROP}, and others have filled the queue after it was looked at. */
  @Test
  void a_message_that_was_dropped_is_sent_again() throws Exception {
    Iterator<SendResult> results =
        List.of(SendResult.OVERFLOW, SendResult.OVERFLOW, SendResult.ACCEPTED).iterator();
    List<String> calls = new ArrayList<>();
    WebSocket socket =
        (WebSocket)
            Proxy.newProxyInstance(
                getClass().getClassLoader(),
                new Class<?>[] {WebSocket.class},
                (proxy, method, arguments) -> {
                  calls.add(method.getName());
                  return switch (method.getName()) {
                    case "isAboveWatermark" -> false;
                    case "isOpen" -> true;
                    case "sendText" -> results.next();
                    case "whenSent" -> CompletableFuture.completedFuture(null);
                    default -> throw new AssertionError(method);
                  };
                });
    new Conversation(socket).send("a");
    assertThat(calls)
        .filteredOn(call -> call.equals("sendText") || call.equals("whenSent"))
        .containsExactly("sendText", "whenSent", "sendText", "whenSent", "sendText");
  }
}
