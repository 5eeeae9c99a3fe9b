package io.github.upgradehandler;

import static io.github.upgradehandler.testing.ClientFrames.concat;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testkit.TestPeer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** A conversation on a thread of its own, whose peer is the test; and what its body notes. */
final class Talk implements AutoCloseable {

  private static final int LONGEST_WAIT_SECONDS = 20;

  /** What the body does with the conversation; it may wait for the test, and tell it things. */
  interface Body {
    void converse(Conversation conversation, Talk talk) throws Exception;
  }

  final TestPeer peer;
  private final BlockingQueue<Object> notes = new LinkedBlockingQueue<>();
  private final Semaphore released = new Semaphore(0);
  private final List<String> sent = new ArrayList<>();
  private volatile Thread thread;

  Talk(WebSocketConfig.Builder config, Body body) {
    peer =
        TestPeer.builder(Conversation.handler(this::start, talk -> body.converse(talk, this)))
            .config(config.build())
            .connect();
  }

  Talk(Body body) {
    this(WebSocketConfig.builder(), body);
  }

  private void start(Runnable task) {
    thread = new Thread(task, "conversation");
    thread.start();
  }

  /** Texts that count from 0. */
  static byte[] texts(int count) {
    return concat(
        IntStream.range(0, count).mapToObj(i -> text(Integer.toString(i))).toArray(byte[][]::new));
  }

  // The body's side.

  /** A body: sends every message back, and notes the end of the loop. */
  static void echo(Conversation conversation, Talk talk) throws InterruptedException {
    talk.echo(conversation);
  }

  void echo(Conversation conversation) throws InterruptedException {
    for (Message message : conversation) {
      conversation.send(message);
    }
    note("over");
  }

  /** Notes the end that the call throws; fails if it returns. */
  void noteEnd(ThrowingCallable call) {
    note(catchThrowableOfType(ConversationEndedException.class, call));
  }

  void note(Object note) {
    notes.add(note);
  }

  /** Waits for {@link #release}, without regard to interruptions. */
  void awaitRelease() {
    released.acquireUninterruptibly();
  }

  // The test's side.

  Thread thread() {
    return thread;
  }

  void release() {
    released.release();
  }

  Object nextNote() throws InterruptedException {
    Object note = notes.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    assertThat(note).as("a note of the conversation's").isNotNull();
    return note;
  }

  /** What {@link #noteEnd} has noted next. */
  ConversationEndedException nextEnd() throws InterruptedException {
    return (ConversationEndedException) nextNote();
  }

  boolean hasNotes() {
    return !notes.isEmpty();
  }

  /** Waits until so many frames are sent that were not seen before, and no more. */
  List<String> sent(int count) {
    Await.until(
        count + " frames, these are there: " + sent,
        () -> {
          sent.addAll(peer.receivedSoFar());
          return sent.size() >= count;
        });
    List<String> taken = List.copyOf(sent);
    sent.clear();
    return taken;
  }

  /** Waits until the conversation's thread waits. */
  void awaitWaiting() {
    Await.until(
        "the conversation to wait",
        () ->
            thread.getState() == Thread.State.WAITING
                || thread.getState() == Thread.State.TIMED_WAITING);
  }

  void awaitEnd() throws InterruptedException {
    thread.join(TimeUnit.SECONDS.toMillis(LONGEST_WAIT_SECONDS));
    assertThat(thread.isAlive()).as("the conversation goes on").isFalse();
  }

  @Override
  public void close() throws Exception {
    peer.socket().abort();
    release();
    awaitEnd();
    peer.close();
  }
}
