package io.github.upgradehandler;

import static io.github.upgradehandler.testing.ClientFrames.binary;
import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.concat;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.upgradehandler.internal.connection.Wire;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The blocking style: receiving, the end, and what the body's own end does. */
@Timeout(60)
class ConversationTest {

  private static void echo(Conversation conversation, Talk talk) throws InterruptedException {
    for (Message message : conversation) {
      conversation.send(message);
    }
    talk.note("over");
  }

  private static byte[] texts(int count) {
    return concat(
        IntStream.range(0, count).mapToObj(i -> text(Integer.toString(i))).toArray(byte[][]::new));
  }

  @Test
  void messages_come_in_order_and_are_over_when_the_peer_closes() throws Exception {
    try (Talk talk = new Talk(ConversationTest::echo)) {
      talk.wire.receive(text("a"), binary(new byte[] {1}), text("b"));
      assertThat(talk.sent(3)).containsExactly("text a", "binary 01", "text b");
      talk.wire.receive(text("c"));
      assertThat(talk.sent(1)).containsExactly("text c");
      talk.wire.receive(close(1000, ""));
      assertThat(talk.nextNote()).isEqualTo("over");
      assertThat(talk.sent(1)).containsExactly("close 1000");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"8880 00000000", "8882 00000000 03e8", "8882 00000000 03e9"})
  void an_orderly_end_ends_the_loop(String closeFrame) throws Exception {
    try (Talk talk = new Talk(ConversationTest::echo)) {
      talk.wire.receiveHex(closeFrame);
      assertThat(talk.nextNote()).isEqualTo("over");
    }
  }

  @Test
  void any_other_end_breaks_the_loop_and_is_not_logged() throws Exception {
    try (CapturedLog log = new CapturedLog();
        Talk talk =
            new Talk(
                (conversation, noting) -> {
                  try {
                    echo(conversation, noting);
                  } catch (ConversationEndedException e) {
                    noting.note(e.closeEvent().code() + " " + e.getMessage());
                    throw e;
                  }
                })) {
      talk.wire.receive(close(4000, "bored"));
      assertThat(talk.nextNote()).isEqualTo("4000 the connection has ended with 4000 (bored)");
      talk.awaitEnd();
      assertThat(log.warnings()).isEmpty();
    }
  }

  @Test
  void a_lost_connection_is_told_with_its_cause() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) ->
                noting.note(
                    catchThrowableOfType(
                        ConversationEndedException.class, conversation::receive)))) {
      talk.wire.reset();
      assertThat(talk.nextNote())
          .isInstanceOfSatisfying(
              ConversationEndedException.class,
              ended -> {
                assertThat(ended.closeEvent().code()).isEqualTo(1006);
                assertThat(ended).hasCauseInstanceOf(IOException.class);
              });
    }
  }

  @Test
  void what_came_before_the_end_is_received_after_it() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              noting.awaitRelease();
              noting.note(conversation.receive());
              noting.note(conversation.receive(Duration.ZERO));
              noting.note(
                  catchThrowableOfType(
                          ConversationEndedException.class,
                          () -> conversation.receive(Duration.ofDays(1)))
                      .closeEvent()
                      .code());
              noting.note(
                  catchThrowableOfType(ConversationEndedException.class, conversation::receive)
                      .closeEvent()
                      .code());
            })) {
      talk.wire.receive(text("a"), text("b"), close(1001, ""));
      assertThat(talk.wire.transport.isClosed()).isTrue();
      talk.release();
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("a"));
      assertThat(talk.nextNote()).isEqualTo(Optional.of(new Message.Text("b")));
      assertThat(talk.nextNote()).isEqualTo(1001);
      assertThat(talk.nextNote()).isEqualTo(1001);
    }
  }

  @Test
  void that_no_message_came_in_time_is_an_answer() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              noting.note(conversation.receive(Duration.ofMillis(1)));
              noting.note(conversation.receive(Duration.ZERO));
              noting.note(conversation.receive(Duration.ofSeconds(-1)));
              noting.note(conversation.receive(Duration.ofSeconds(Long.MAX_VALUE)));
            })) {
      assertThat(talk.nextNote()).isEqualTo(Optional.empty());
      assertThat(talk.nextNote()).isEqualTo(Optional.empty());
      assertThat(talk.nextNote()).isEqualTo(Optional.empty());
      talk.awaitWaiting();
      talk.wire.receiveText("late");
      assertThat(talk.nextNote()).isEqualTo(Optional.of(new Message.Text("late")));
    }
  }

  @Test
  void nothing_is_read_while_64_messages_wait() throws Exception {
    int messages = 200;
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              noting.awaitRelease();
              echo(conversation, noting);
            })) {
      talk.wire.receive(texts(63));
      talk.wire.receiveText("63");
      talk.wire.receiveText("64");
      assertThat(talk.wire.transport.unreadPieces()).isEqualTo(1);
      for (int i = 65; i < messages; i++) {
        talk.wire.receiveText(Integer.toString(i));
      }
      assertThat(talk.wire.transport.unreadPieces()).isEqualTo(messages - 64);
      talk.release();
      assertThat(talk.sent(messages))
          .isEqualTo(IntStream.range(0, messages).mapToObj(i -> "text " + i).toList());
    }
  }

  @Test
  void more_messages_than_may_wait_and_a_Close_frame_in_one_read_are_all_received()
      throws Exception {
    int messages = 1000;
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              noting.awaitRelease();
              int count = 0;
              for (Message message : conversation) {
                assertThat(message).isEqualTo(new Message.Text(Integer.toString(count)));
                count++;
              }
              noting.note(count);
            })) {
      talk.wire.receive(texts(messages), close(1000, ""));
      talk.wire.socket.onEnd(null);
      talk.release();
      assertThat(talk.nextNote()).isEqualTo(messages);
    }
  }

  @Test
  void nothing_is_read_while_64_KiB_wait() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              noting.awaitRelease();
              for (Message message : conversation) {
                noting.note(message);
              }
            })) {
      talk.wire.receive(binary(new byte[30_000]));
      talk.wire.receive(text("x".repeat(35_535)));
      assertThat(talk.wire.transport.unreadPieces()).isZero();
      talk.wire.receiveText("y");
      talk.wire.receiveText("z");
      assertThat(talk.wire.transport.unreadPieces()).isEqualTo(1);
      talk.release();
      assertThat(talk.nextNote()).isEqualTo(new Message.Binary(new byte[30_000]));
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("x".repeat(35_535)));
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("y"));
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("z"));
    }
  }

  @Test
  void when_the_body_returns_the_connection_is_closed_with_1000_and_the_rest_dropped()
      throws Exception {
    try (Talk talk = new Talk((conversation, noting) -> noting.awaitRelease())) {
      talk.wire.receive(texts(64));
      talk.wire.receive(texts(100), close(1000, ""));
      assertThat(talk.wire.transport.unreadPieces()).isEqualTo(1);
      talk.release();
      assertThat(talk.sent(1)).containsExactly("close 1000");
      Await.until("the end", talk.wire.transport::isClosed);
    }
  }

  @Test
  void messages_are_received_after_closing_until_the_peer_closes_too() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              conversation.close(CloseStatus.of(4001, "enough"));
              conversation.close();
              noting.note(conversation.receive());
              echo(conversation, noting);
            })) {
      assertThat(talk.sent(1)).containsExactly("close 4001 enough");
      talk.wire.receiveText("a");
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("a"));
      talk.wire.receive(close(1000, ""));
      assertThat(talk.nextNote()).isEqualTo("over");
    }
  }

  @Test
  void what_the_body_throws_closes_with_1011_and_is_logged() throws Exception {
    try (CapturedLog log = new CapturedLog();
        Talk talk =
            new Talk(
                (conversation, noting) -> {
                  conversation.receive();
                  throw new IOException("secret");
                })) {
      talk.wire.receiveText("a");
      assertThat(talk.sent(1)).containsExactly("close 1011 internal error");
      talk.awaitEnd();
      assertThat(log.messages()).singleElement().asString().endsWith("1011: secret");
      talk.wire.receive(text("b"), close(1011, ""));
      assertThat(talk.wire.transport.isClosed()).isTrue();
    }
  }

  @Test
  void the_end_of_another_conversation_is_a_failure_like_others() throws Exception {
    CloseEvent other =
        new CloseEvent(CloseStatus.ABNORMAL, null, CloseEvent.Initiator.TRANSPORT, false);
    try (CapturedLog log = new CapturedLog();
        Talk talk =
            new Talk(
                (conversation, noting) -> {
                  throw new ConversationEndedException(other, null);
                })) {
      assertThat(talk.sent(1)).containsExactly("close 1011 internal error");
      talk.awaitEnd();
      assertThat(log.messages()).singleElement().asString().contains("1011");
    }
  }

  @Test
  void an_executor_that_rejects_closes_with_1011() {
    WebSocketHandler handler =
        Conversation.handler(
            task -> {
              throw new RejectedExecutionException("full");
            },
            conversation -> {});
    try (CapturedLog log = new CapturedLog();
        Wire wire = Wire.open(handler)) {
      assertThat(wire.sent()).containsExactly("close 1011 internal error");
      assertThat(log.messages()).singleElement().asString().endsWith("full");
    }
  }

  @Test
  void an_executor_without_threads_of_its_own_closes_with_1011() {
    WebSocketHandler handler = Conversation.handler(Runnable::run, Conversation::receive);
    try (CapturedLog log = new CapturedLog();
        Wire wire = Wire.open(handler)) {
      assertThat(wire.sent()).containsExactly("close 1011 internal error");
      assertThat(log.messages()).singleElement().asString().contains("threads of its own");
    }
  }

  @Test
  void a_handler_serves_many_connections() throws Exception {
    List<Thread> threads = new ArrayList<>();
    WebSocketHandler handler =
        Conversation.handler(
            task -> {
              Thread thread = new Thread(task);
              threads.add(thread);
              thread.start();
            },
            conversation -> conversation.send(((Message.Text) conversation.receive()).text()));
    try (Wire first = Wire.open(handler);
        Wire second = Wire.open(handler)) {
      second.receiveText("b");
      threads.get(1).join();
      assertThat(second.sent()).containsExactly("text b", "close 1000");
      assertThat(first.sent()).isEmpty();
      first.receiveText("a");
      threads.get(0).join();
      assertThat(first.sent()).containsExactly("text a", "close 1000");
    }
  }

  @Test
  void the_body_has_the_class_loader_that_handlers_have() throws Exception {
    Thread test = Thread.currentThread();
    ClassLoader before = test.getContextClassLoader();
    try (Talk talk =
        new Talk(
            (conversation, noting) ->
                noting.note(Thread.currentThread().getContextClassLoader()))) {
      assertThat(talk.nextNote()).isSameAs(Wire.class.getClassLoader());
    } finally {
      assertThat(test.getContextClassLoader()).isSameAs(before);
    }
  }

  @Test
  void an_iterator_keeps_its_message_until_it_is_asked_for() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              var messages = conversation.iterator();
              noting.note(messages.hasNext());
              noting.note(messages.hasNext());
              noting.note(messages.next());
              noting.note(messages.next());
              noting.note(messages.hasNext());
              assertThatThrownBy(messages::next).isInstanceOf(NoSuchElementException.class);
              noting.note("thrown");
            })) {
      talk.wire.receive(text("a"), text("b"), close(1000, ""));
      assertThat(talk.nextNote()).isEqualTo(true);
      assertThat(talk.nextNote()).isEqualTo(true);
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("a"));
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("b"));
      assertThat(talk.nextNote()).isEqualTo(false);
      assertThat(talk.nextNote()).isEqualTo("thrown");
    }
  }

  @Test
  void interrupting_who_receives_closes_with_1001() throws Exception {
    try (CapturedLog log = new CapturedLog();
        Talk talk = new Talk((conversation, noting) -> noting.note(conversation.receive()))) {
      talk.awaitWaiting();
      talk.thread().interrupt();
      assertThat(talk.sent(1)).containsExactly("close 1001 interrupted");
      talk.awaitEnd();
      assertThat(talk.hasNotes()).isFalse();
      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void an_interrupted_loop_is_cancelled_and_the_thread_stays_interrupted() throws Exception {
    try (CapturedLog log = new CapturedLog();
        Talk talk =
            new Talk(
                (conversation, noting) -> {
                  try {
                    echo(conversation, noting);
                  } catch (CancellationException e) {
                    noting.note(e.getCause());
                    noting.note(Thread.currentThread().isInterrupted());
                    throw e;
                  }
                })) {
      talk.awaitWaiting();
      talk.thread().interrupt();
      assertThat(talk.nextNote()).isInstanceOf(InterruptedException.class);
      assertThat(talk.nextNote()).isEqualTo(true);
      assertThat(talk.sent(1)).containsExactly("close 1001 interrupted");
      talk.awaitEnd();
      assertThat(log.messages()).isEmpty();
    }
  }

  @Test
  void a_body_that_is_interrupted_in_something_else_closes_with_1001_too() throws Exception {
    try (Talk talk = new Talk((conversation, noting) -> Thread.sleep(100_000))) {
      talk.awaitWaiting();
      talk.thread().interrupt();
      assertThat(talk.sent(1)).containsExactly("close 1001 interrupted");
    }
  }

  @Test
  void R5_a_peer_that_is_silent_is_given_up() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) ->
                noting.note(
                    catchThrowableOfType(
                        ConversationEndedException.class, conversation::receive)))) {
      talk.wire.pass(Duration.ofSeconds(41));
      assertThat((Throwable) talk.nextNote()).hasCauseInstanceOf(TimeoutException.class);
    }
  }

  @Test
  void a_ping_by_hand_goes_by_the_socket() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              conversation.socket().sendPing(ByteBuffer.wrap(new byte[] {'p'}));
              echo(conversation, noting);
            })) {
      assertThat(talk.sent(1)).containsExactly("ping p");
    }
  }

  @Test
  void virtual_threads_are_there_from_Java_21_on() throws Exception {
    if (Runtime.version().feature() < 21) {
      assertThatThrownBy(() -> Conversation.onVirtualThreads(conversation -> {}))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("needs Java 21");
      return;
    }
    List<String> threads = new ArrayList<>();
    WebSocketHandler handler =
        Conversation.onVirtualThreads(
            conversation -> {
              conversation.send(conversation.receive());
              threads.add(Thread.currentThread().toString());
            });
    try (Wire wire = Wire.open(handler)) {
      wire.receiveText("a");
      List<String> sent = new ArrayList<>();
      Await.until("the end", () -> sent.addAll(wire.sent()) && sent.contains("close 1000"));
      assertThat(sent).containsExactly("text a", "close 1000");
      assertThat(threads).singleElement().asString().startsWith("VirtualThread");
    }
  }
}
