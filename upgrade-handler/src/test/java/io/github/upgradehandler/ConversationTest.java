package io.github.upgradehandler;

import static io.github.upgradehandler.testing.ClientFrames.binary;
import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testkit.TestPeer;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The blocking style: receiving. */
@Timeout(60)
class ConversationTest {

  @Test
  void messages_come_in_order_and_are_over_when_the_peer_closes() throws Exception {
    try (Talk talk = new Talk(Talk::echo)) {
      talk.peer.sendBytes(text("a"), binary(new byte[] {1}), text("b"));
      assertThat(talk.sent(3)).containsExactly("text a", "binary 01", "text b");
      talk.peer.sendBytes(text("c"));
      assertThat(talk.sent(1)).containsExactly("text c");
      talk.peer.sendBytes(close(1000, ""));
      assertThat(talk.nextNote()).isEqualTo("over");
      assertThat(talk.sent(1)).containsExactly("close 1000");
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
      talk.peer.sendText("late");
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
              noting.echo(conversation);
            })) {
      talk.peer.sendBytes(Talk.texts(63));
      talk.peer.sendText("63");
      talk.peer.sendText("64");
      assertThat(talk.peer.unread()).isEqualTo(1);
      for (int i = 65; i < messages; i++) {
        talk.peer.sendText(Integer.toString(i));
      }
      assertThat(talk.peer.unread()).isEqualTo(messages - 64);
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
      talk.peer.sendBytes(Talk.texts(messages), close(1000, ""));
      talk.peer.sendEnd();
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
      talk.peer.sendBytes(binary(new byte[30_000]));
      talk.peer.sendBytes(text("x".repeat(35_535)));
      assertThat(talk.peer.unread()).isZero();
      talk.peer.sendText("y");
      talk.peer.sendText("z");
      assertThat(talk.peer.unread()).isEqualTo(1);
      talk.release();
      assertThat(talk.nextNote()).isEqualTo(new Message.Binary(new byte[30_000]));
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("x".repeat(35_535)));
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("y"));
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("z"));
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
    try (TestPeer first = TestPeer.connect(handler);
        TestPeer second = TestPeer.connect(handler)) {
      second.sendText("b");
      threads.get(1).join();
      assertThat(second.receivedSoFar()).containsExactly("text b", "close 1000");
      assertThat(first.receivedSoFar()).isEmpty();
      first.sendText("a");
      threads.get(0).join();
      assertThat(first.receivedSoFar()).containsExactly("text a", "close 1000");
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
      assertThat(talk.nextNote()).isSameAs(TestPeer.class.getClassLoader());
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
      talk.peer.sendBytes(text("a"), text("b"), close(1000, ""));
      assertThat(talk.nextNote()).isEqualTo(true);
      assertThat(talk.nextNote()).isEqualTo(true);
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("a"));
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("b"));
      assertThat(talk.nextNote()).isEqualTo(false);
      assertThat(talk.nextNote()).isEqualTo("thrown");
    }
  }

  @Test
  void a_ping_by_hand_goes_by_the_socket() throws Exception {
    try (Talk talk =
        new Talk(
            (conversation, noting) -> {
              conversation.socket().sendPing(ByteBuffer.wrap(new byte[] {'p'}));
              noting.echo(conversation);
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
    try (TestPeer peer = TestPeer.connect(handler)) {
      peer.sendText("a");
      List<String> sent = new ArrayList<>();
      Await.until(
          "the end", () -> sent.addAll(peer.receivedSoFar()) && sent.contains("close 1000"));
      assertThat(sent).containsExactly("text a", "close 1000");
      assertThat(threads).singleElement().asString().startsWith("VirtualThread");
    }
  }
}
