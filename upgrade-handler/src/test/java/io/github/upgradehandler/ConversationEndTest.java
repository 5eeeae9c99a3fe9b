package io.github.upgradehandler;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testkit.TestPeer;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The blocking style: the end, interruption, and what the end of the body does. */
@Timeout(60)
class ConversationEndTest {

  @ParameterizedTest
  @ValueSource(strings = {"8880 00000000", "8882 00000000 03e8", "8882 00000000 03e9"})
  void an_orderly_end_ends_the_loop(String closeFrame) throws Exception {
    try (Talk talk = new Talk(Talk::echo)) {
      talk.peer.sendHex(closeFrame);
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
                    noting.echo(conversation);
                  } catch (ConversationEndedException e) {
                    noting.note(e.closeEvent().code() + " " + e.getMessage());
                    throw e;
                  }
                })) {
      talk.peer.sendBytes(close(4000, "bored"));
      assertThat(talk.nextNote()).isEqualTo("4000 the connection has ended with 4000 (bored)");
      talk.awaitEnd();
      assertThat(log.warnings()).isEmpty();
    }
  }

  @Test
  void a_lost_connection_is_told_with_its_cause() throws Exception {
    try (Talk talk = new Talk((conversation, noting) -> noting.noteEnd(conversation::receive))) {
      talk.peer.reset();
      ConversationEndedException ended = talk.nextEnd();
      assertThat(ended.closeEvent().code()).isEqualTo(1006);
      assertThat(ended).hasCauseInstanceOf(IOException.class);
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
              noting.noteEnd(() -> conversation.receive(Duration.ofDays(1)));
              noting.noteEnd(conversation::receive);
            })) {
      talk.peer.sendBytes(text("a"), text("b"), close(1001, ""));
      assertThat(talk.peer.isEnded()).isTrue();
      talk.release();
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("a"));
      assertThat(talk.nextNote()).isEqualTo(Optional.of(new Message.Text("b")));
      assertThat(talk.nextEnd().closeEvent().code()).isEqualTo(1001);
      assertThat(talk.nextEnd().closeEvent().code()).isEqualTo(1001);
    }
  }

  @Test
  void when_the_body_returns_the_connection_is_closed_with_1000_and_the_rest_dropped()
      throws Exception {
    try (Talk talk = new Talk((conversation, noting) -> noting.awaitRelease())) {
      talk.peer.sendBytes(Talk.texts(64));
      talk.peer.sendBytes(Talk.texts(100), close(1000, ""));
      assertThat(talk.peer.unread()).isEqualTo(1);
      talk.release();
      assertThat(talk.sent(1)).containsExactly("close 1000");
      Await.until("the end", talk.peer::isEnded);
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
              noting.echo(conversation);
            })) {
      assertThat(talk.sent(1)).containsExactly("close 4001 enough");
      talk.peer.sendText("a");
      assertThat(talk.nextNote()).isEqualTo(new Message.Text("a"));
      talk.peer.sendBytes(close(1000, ""));
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
      talk.peer.sendText("a");
      assertThat(talk.sent(1)).containsExactly("close 1011 internal error");
      talk.awaitEnd();
      assertThat(log.messages()).singleElement().asString().endsWith("1011: secret");
      talk.peer.sendBytes(text("b"), close(1011, ""));
      assertThat(talk.peer.isEnded()).isTrue();
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
        TestPeer peer = TestPeer.connect(handler)) {
      assertThat(peer.receivedSoFar()).containsExactly("close 1011 internal error");
      assertThat(log.messages()).singleElement().asString().endsWith("full");
    }
  }

  @Test
  void an_executor_without_threads_of_its_own_closes_with_1011() {
    WebSocketHandler handler = Conversation.handler(Runnable::run, Conversation::receive);
    try (CapturedLog log = new CapturedLog();
        TestPeer peer = TestPeer.connect(handler)) {
      assertThat(peer.receivedSoFar()).containsExactly("close 1011 internal error");
      assertThat(log.messages()).singleElement().asString().contains("threads of its own");
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
                    noting.echo(conversation);
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
    try (Talk talk = new Talk((conversation, noting) -> new CountDownLatch(1).await())) {
      talk.awaitWaiting();
      talk.thread().interrupt();
      assertThat(talk.sent(1)).containsExactly("close 1001 interrupted");
    }
  }

  @Test
  void R5_a_peer_that_is_silent_is_given_up() throws Exception {
    try (Talk talk = new Talk((conversation, noting) -> noting.noteEnd(conversation::receive))) {
      talk.peer.advance(Duration.ofSeconds(41));
      assertThat(talk.nextEnd()).hasCauseInstanceOf(TimeoutException.class);
    }
  }
}
