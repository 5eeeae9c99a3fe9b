package io.github.upgradehandler;

import static io.github.upgradehandler.internal.log.Log.LOG;

import io.github.upgradehandler.internal.log.LoggedConnection;
import java.lang.System.Logger.Level;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One connection in the blocking style: a thread of the application receives and sends, and waits
 * where a {@link WebSocketHandler} would be called back. An echo is
 *
 * <pre>{@code
 * WebSocketHandler echo = Conversation.onVirtualThreads(conversation -> {
 *   for (Message message : conversation) {
 *     conversation.send(message);
 *   }
 * });
 * }</pre>
 *
 * <p><b>Receiving</b> is bounded. While 64 messages wait, or 65,536 bytes and characters of them,
 * nothing more is read and TCP holds the peer back; see {@link WebSocket#pause} for what that
 * means. So a body that only sends must receive nevertheless, if only to see that the peer leaves.
 * Every message that came before the peer's Close frame is received before the end is reported.
 *
 * <p><b>Sending</b> waits while more than the option {@code outboundWatermarkBytes} wait to be
 * sent, until all of it is sent: a slow peer slows its sender, and one that does not read at all is
 * ended by the option {@code sendTimeout}.
 *
 * <p><b>Interrupting</b> a thread that receives or sends closes the connection with 1001.
 *
 * <p>Thread-safe; a message is received by one thread. No monitor is held while a thread waits, so
 * that a virtual thread leaves its carrier. A thread that handlers of this connection need must not
 * wait here, such as that of a stage of {@link WebSocket#whenSent}.
 */
public final class Conversation implements Iterable<Message>, AutoCloseable {

  private final WebSocket socket;
  private final Inbox inbox;
  private final ConversationSender sender;
  private volatile boolean interrupted;

  Conversation(WebSocket socket) {
    this.socket = socket;
    this.inbox = new Inbox(socket);
    this.sender = new ConversationSender(socket, inbox);
  }

  /**
   * A handler for any number of connections, each of which has the body run in a thread of its own.
   *
   * @param executor has a thread for every connection for as long as it lasts, such as {@code
   *     Executors.newVirtualThreadPerTaskExecutor()} from Java 21 on, or {@code
   *     Executors.newCachedThreadPool()}. Connections for which it has none wait for one; those
   *     that it rejects are closed with 1011. It must not be a bounded executor that is also {@link
   *     WebSocketConfig#executor}, nor run tasks on the caller's thread.
   */
  public static WebSocketHandler handler(Executor executor, ConversationBody body) {
    return new ConversationHandler(new ConversationStart(executor, body));
  }

  /**
   * A handler for any number of connections, each of which is handed on as a conversation, to be
   * held by threads that are there already: such as the one that has opened it as a client.
   *
   * @param taker called when the connection is open, by the handler's thread: must not wait for
   *     messages. Whoever holds the conversation closes it, and receives to its end
   */
  public static WebSocketHandler handedTo(Consumer<? super Conversation> taker) {
    return new ConversationHandler(taker);
  }

  /**
   * A handler for any number of connections, each of which has a virtual thread, as with the
   * executor {@code virtual} of {@link WebSocketConfig.Builder#executor}.
   *
   * @throws IllegalArgumentException before Java 21
   */
  public static WebSocketHandler onVirtualThreads(ConversationBody body) {
    return handler(ExecutorOption.virtualThreads(), body);
  }

  /** The connection, for everything else. Its methods do not wait. */
  public WebSocket socket() {
    return socket;
  }

  /**
   * Waits for the next message.
   *
   * @throws ConversationEndedException if the connection has ended, in order or not, and everything
   *     before is received
   * @throws InterruptedException if the thread is interrupted; the connection is closed with 1001
   */
  public Message receive() throws InterruptedException {
    Message message;
    do {
      message = take(Long.MAX_VALUE);
    } while (message == null);
    return message;
  }

  /**
   * Waits for the next message, for some time. That none came in time is an answer, as callers want
   * to go on; that none will ever come is an exception, as with {@link #receive()}, so that no
   * caller goes on and on.
   *
   * @param longest zero or less not to wait
   * @return empty if the time is over
   * @throws ConversationEndedException if the connection has ended, in order or not, and everything
   *     before is received
   * @throws InterruptedException if the thread is interrupted; the connection is closed with 1001
   */
  public Optional<Message> receive(Duration longest) throws InterruptedException {
    return Optional.ofNullable(take(TimeUnit.NANOSECONDS.convert(longest)));
  }

  /**
   * The messages, each as it comes. They are over when the connection has ended in order, which is
   * with 1000, 1001 or no status; any other end throws a {@link ConversationEndedException}, since
   * a loop that just ended would take a part of the peer's messages for all of them. If the thread
   * is interrupted, the connection is closed with 1001 and a {@link CancellationException} thrown;
   * the thread stays interrupted.
   */
  @Override
  public Iterator<Message> iterator() {
    return new Messages();
  }

  /**
   * Waits while too much waits to be sent, then sends a text message.
   *
   * @throws IllegalArgumentException if the text holds an unpaired surrogate, which has no UTF-8
   * @throws ConversationEndedException if it cannot be sent, since the connection has ended; if it
   *     is only closing, that is waited for, for at most the option {@code closeTimeout}
   * @throws InterruptedException if the thread is interrupted; the message is not sent, and the
   *     connection closed with 1001
   */
  public void send(String text) throws InterruptedException {
    send(() -> socket.sendText(text), Long.MAX_VALUE);
  }

  /** Sends a binary message, see {@link #send(String)}; the array is copied. */
  public void send(byte[] payload) throws InterruptedException {
    send(ByteBuffer.wrap(payload));
  }

  /**
   * Sends a binary message, see {@link #send(String)}; position to limit are copied, the buffer's
   * state does not change.
   */
  public void send(ByteBuffer payload) throws InterruptedException {
    send(() -> socket.sendBinary(payload), Long.MAX_VALUE);
  }

  /** Sends a message, see {@link #send(String)}. */
  public void send(Message message) throws InterruptedException {
    send(() -> message.sendTo(socket), Long.MAX_VALUE);
  }

  /**
   * Sends a message, see {@link #send(String)}, unless too much waits to be sent for too long.
   *
   * @param longest zero or less not to wait
   * @return whether it is sent; if not, nothing of it is
   */
  public boolean send(Message message, Duration longest) throws InterruptedException {
    return send(() -> message.sendTo(socket), TimeUnit.NANOSECONDS.convert(longest));
  }

  /** The same in the style that never throws. */
  public QuietConversation quiet() {
    return new QuietConversation(this);
  }

  /** Closes with 1000, see {@link #close(CloseStatus)}. */
  @Override
  public void close() {
    socket.close();
  }

  /**
   * Starts the closing handshake, and does not wait for its end. What the peer sent before its own
   * Close frame can still be received; {@link #receive()} then reports the end.
   *
   * @throws IllegalArgumentException if the code must not be sent
   */
  public void close(CloseStatus status) {
    socket.close(status);
  }

  Inbox inbox() {
    return inbox;
  }

  /** Runs the body, and closes. */
  void run(ConversationBody body) {
    try {
      body.converse(this);
      socket.close();
    } catch (InterruptedException e) {
      closeInterrupted();
      Thread.currentThread().interrupt();
    } catch (Throwable e) {
      failed(e);
    } finally {
      inbox.discard();
    }
  }

  private void failed(Throwable thrown) {
    boolean told =
        (thrown instanceof ConversationEndedException && inbox.isEnded())
            || (thrown instanceof CancellationException && interrupted);
    if (told) {
      LOG.log(Level.DEBUG, () -> socket.id() + ": the conversation is over: " + thrown);
    } else {
      LoggedConnection.failed(socket, "the conversation failed, closing with 1011", thrown);
      socket.close(CloseStatus.INTERNAL_ERROR.withReason("internal error"));
    }
  }

  private @Nullable Message take(long nanos) throws InterruptedException {
    try {
      return inbox.take(nanos);
    } catch (InterruptedException e) {
      closeInterrupted();
      throw e;
    }
  }

  private boolean send(Supplier<SendResult> sending, long nanos) throws InterruptedException {
    try {
      return sender.send(sending, nanos);
    } catch (InterruptedException e) {
      closeInterrupted();
      throw e;
    }
  }

  private void closeInterrupted() {
    interrupted = true;
    socket.close(CloseStatus.GOING_AWAY.withReason("interrupted"));
  }

  private static boolean isOrderly(CloseEvent event) {
    return event.code() == CloseStatus.NORMAL.code()
        || event.code() == CloseStatus.GOING_AWAY.code()
        || event.code() == CloseStatus.NO_STATUS_RECEIVED.code();
  }

  /** Not thread-safe. */
  private final class Messages implements Iterator<Message> {

    private @Nullable Message next;

    @Override
    public boolean hasNext() {
      try {
        if (next == null) {
          next = receive();
        }
        return true;
      } catch (ConversationEndedException e) {
        if (isOrderly(e.closeEvent())) {
          return false;
        }
        throw e;
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        CancellationException cancelled =
            new CancellationException("interrupted while waiting for a message");
        cancelled.initCause(e);
        throw cancelled;
      }
    }

    @Override
    public Message next() {
      if (!hasNext() || next == null) {
        throw new NoSuchElementException("the conversation is over");
      }
      Message message = next;
      next = null;
      return message;
    }
  }
}
