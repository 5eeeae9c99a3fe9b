package io.github.upgradehandler.connection;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.OverflowPolicy;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.State;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.frame.Opcode;
import io.github.upgradehandler.protocol.ClosingHandshake;
import io.github.upgradehandler.protocol.Extension;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The sending half of a connection. Frames are queued under one lock, so the order of encoding is
 * the order of sending; they are written outside of it, by one thread at a time: whoever finds
 * nobody writing writes everything that waits.
 */
final class Outbound {

  private final Connection connection;
  private final Transport transport;
  private final WebSocketConfig config;
  private final OutboundQueue queue;
  private final OutgoingMessages messages;

  private final Object lock = new Object();
  private final ClosingHandshake closing = new ClosingHandshake();
  private final WritingTurn turn = new WritingTurn();
  private boolean flushOwed = true; // some containers send the 101 only with a flush
  // Set by any thread without the lock: a thread that finds another's list here adds itself again.
  private volatile @Nullable List<Outbound> corkedIn;
  private @Nullable SentWaiters waiters;
  private boolean drained; // for whoever stops writing next to tell

  Outbound(Connection connection, Transport transport, @Nullable Extension extension) {
    Endpoint endpoint = connection.endpoint();
    this.connection = connection;
    this.transport = transport;
    this.config = endpoint.config();
    this.queue = new OutboundQueue(endpoint.writer(), endpoint.pool());
    this.messages = new OutgoingMessages(queue, endpoint.plainEncoding(), extension);
  }

  /** Queues a whole message. */
  SendResult send(Opcode opcode, ByteBuffer payload) {
    SendResult result;
    synchronized (lock) {
      result = admit(payload.remaining());
      if (result.isAccepted()) {
        messages.add(opcode, payload);
        connection.endpoint().counters().messageSent();
      }
    }
    return queued(result);
  }

  /** Queues a message that is encoded for many connections. */
  SendResult send(PreparedMessage message) {
    byte[] frame = messages.sharedFrame(message);
    SendResult result;
    synchronized (lock) {
      result = admit(frame == null ? message.length() : frame.length);
      if (result.isAccepted()) {
        messages.add(message, frame);
        connection.endpoint().counters().messageSent();
      }
    }
    return queued(result);
  }

  /**
   * Queues a fragment of a message (section 5.4).
   *
   * @throws IllegalStateException if a message of the other kind has not ended
   */
  SendResult sendFragment(Opcode opcode, ByteBuffer payload, boolean last) {
    SendResult result;
    synchronized (lock) {
      result = admit(payload.remaining());
      if (result.isAccepted()) {
        messages.addFragment(opcode, payload, last);
        if (last) {
          connection.endpoint().counters().messageSent();
          releaseWaiters();
        }
      }
    }
    return queued(result);
  }

  /** Queues a ping (section 5.5.2); also inside a fragmented message. */
  SendResult ping(ByteBuffer payload) {
    synchronized (lock) {
      if (!closing.state().canSend()) {
        return SendResult.CLOSED;
      }
      queue.add(Opcode.PING, true, 0, payload);
    }
    writeSoon();
    return SendResult.ACCEPTED;
  }

  /**
   * Answers a ping (section 5.5.3). While the peer does not read, only the latest answer waits, so
   * that it cannot make us hoard pongs.
   */
  void pong(ByteBuffer payload) {
    synchronized (lock) {
      if (!closing.state().canSend()) {
        return;
      }
      if (turn.isBlocked()) {
        queue.addUrgentPong(payload);
        return;
      }
      queue.add(Opcode.PONG, true, 0, payload);
    }
    writeSoon();
  }

  /** Queues a Close frame behind everything accepted (section 7.1.2), unless one went before. */
  void close(CloseStatus status) {
    synchronized (lock) {
      queueClose(status);
    }
    writeSoon();
  }

  /** The peer's Close frame has come: answers it if it is the first of the two (section 5.5.1). */
  void closeReceived(CloseStatus status) {
    synchronized (lock) {
      closing.receive(status);
      queueClose(new CloseStatus(status.code(), ""));
    }
    writeSoon();
  }

  /**
   * Drops everything and ends the transport, after the write at hand if there is one.
   *
   * @param closer for a transport that takes its time
   */
  void end(Executor closer) {
    boolean closeNow;
    SentWaiters unsent;
    synchronized (lock) {
      closing.lose();
      queue.clear();
      messages.end();
      unsent = waiters;
      waiters = null;
      closeNow = turn.end();
    }
    if (closeNow) {
      closer.execute(transport::close);
    }
    if (unsent != null) {
      unsent.fail(new IOException("the connection ended before everything was sent"));
    }
  }

  /** The transport can take more; called by a thread of the container. */
  void onWritable() {
    synchronized (lock) {
      if (!turn.takeBlocked()) {
        return;
      }
    }
    write(Connection.Caller.CONTAINER);
  }

  /** Writes what waits, if nobody else does. */
  void flush() {
    synchronized (lock) {
      boolean needed = queue.waitingBytes() > 0 || closing.state() == State.CLOSED;
      if (!needed || !turn.take()) {
        return;
      }
    }
    write(Connection.Caller.ANYONE);
  }

  /** Leaves it to the work of this thread to write, see {@link Cork}. */
  void cork(List<Outbound> cork) {
    corkedIn = cork;
    cork.add(this);
  }

  /**
   * The work for which writing was held back is done; {@link #flush} is to follow.
   *
   * @return where; null: here
   */
  @Nullable Executor uncork(List<Outbound> cork) {
    if (corkedIn == cork) {
      corkedIn = null;
    }
    return transport.elsewhere();
  }

  /** See {@link io.github.upgradehandler.WebSocket#whenSent}. */
  CompletionStage<Void> whenSent() {
    CompletableFuture<Void> done = new CompletableFuture<>();
    synchronized (lock) {
      if (turn.isEnded()) {
        return CompletableFuture.failedFuture(new IOException("the connection has ended"));
      }
      if (waiters == null) {
        waiters = new SentWaiters();
      }
      waiters.add(messages.isHolding() ? SentWaiters.LATER : queue.acceptedBytes(), done);
    }
    flush();
    completeWaiters();
    return done;
  }

  /** Bytes accepted and not yet taken by the transport. */
  long bufferedBytes() {
    return queue.waitingBytes() + messages.heldBytes();
  }

  /** Bytes taken by the transport so far: progress, for deadlines. */
  long sentBytes() {
    synchronized (lock) {
      return queue.sentBytes();
    }
  }

  /** Whether something waits, be it only for the transport to say that it can take more. */
  boolean isUnsent() {
    synchronized (lock) {
      return turn.isWaiting() || queue.waitingBytes() > 0;
    }
  }

  State state() {
    synchronized (lock) {
      return closing.state();
    }
  }

  CloseEvent event() {
    synchronized (lock) {
      return closing.event();
    }
  }

  private void write(Connection.Caller caller) {
    WritingStep step;
    try {
      do {
        step = transport.isWritable() ? next() : blocked();
        if (step == WritingStep.WRITE) {
          transport.write(queue.bytes(), queue.offset(), queue.length());
          connection.endpoint().counters().sent(queue.length());
        } else if (step == WritingStep.FLUSH) {
          transport.flush();
        }
      } while (step.goesOn());
    } catch (Throwable e) { // also a container's OutOfMemoryError: nobody could write any more
      connection.end(e, caller);
      step = WritingStep.CLOSE;
    }
    if (step == WritingStep.CLOSE) {
      transport.close();
    } else {
      stopped(caller, step == WritingStep.FINISH);
    }
  }

  /** Others may be writing already: what happened meanwhile is read under the lock. */
  private void stopped(Connection.Caller caller, boolean finished) {
    boolean crossed;
    synchronized (lock) {
      crossed = drained;
      drained = false;
    }
    completeWaiters();
    if (finished) {
      connection.end(null, caller);
    } else if (crossed) {
      connection.drained(caller);
    }
  }

  private WritingStep blocked() {
    synchronized (lock) {
      if (turn.isEnded()) {
        return WritingStep.CLOSE;
      }
      return turn.block() ? WritingStep.STOP : WritingStep.LOOK_AGAIN;
    }
  }

  private WritingStep next() {
    synchronized (lock) {
      if (turn.isEnded()) {
        return WritingStep.CLOSE;
      }
      boolean above = isAboveWatermark();
      queue.written();
      drained |= above && !isAboveWatermark();
      if (queue.next()) {
        flushOwed = true;
        return WritingStep.WRITE;
      }
      if (flushOwed) {
        flushOwed = false;
        return WritingStep.FLUSH;
      }
      turn.free();
      return closing.state() == State.CLOSED ? WritingStep.FINISH : WritingStep.STOP;
    }
  }

  private boolean isAboveWatermark() {
    return bufferedBytes() > config.outboundWatermarkBytes();
  }

  private SendResult admit(long length) {
    if (!closing.state().canSend()) {
      return SendResult.CLOSED;
    }
    return isAboveWatermark() && bufferedBytes() + length > config.outboundLimitBytes()
        ? SendResult.OVERFLOW
        : SendResult.ACCEPTED;
  }

  /** What follows from admitting a message or not; without the lock, since it may write. */
  private SendResult queued(SendResult result) {
    if (result.isAccepted()) {
      writeSoon();
    } else if (result == SendResult.OVERFLOW && config.overflowPolicy() == OverflowPolicy.CLOSE) {
      connection.fail(
          CloseStatus.POLICY_VIOLATION.withReason("reading too slowly"),
          new IOException(
              "a message did not fit the "
                  + config.outboundLimitBytes()
                  + " bytes that may wait to be sent (outboundLimitBytes)"));
    }
    return result;
  }

  /**
   * Leaves it to the work of this thread to write, but for more than one write takes, or so much
   * that the next message might overflow.
   */
  private void writeSoon() {
    List<Outbound> cork = Cork.current();
    if (cork == null || queue.waitingBytes() >= BufferPool.BUFFER_BYTES || isAboveWatermark()) {
      flush();
    } else if (corkedIn != cork) {
      cork(cork);
    }
  }

  private void queueClose(CloseStatus status) {
    if (closing.send(status)) {
      boolean above = isAboveWatermark();
      messages.end();
      queue.add(Opcode.CLOSE, true, 0, ControlPayload.close(status));
      drained |= above && !isAboveWatermark();
    }
  }

  private void releaseWaiters() {
    if (waiters != null) {
      waiters.untilAtLast(queue.acceptedBytes());
    }
  }

  private void completeWaiters() {
    List<CompletableFuture<Void>> done;
    synchronized (lock) {
      if (waiters == null) {
        return;
      }
      done = waiters.takeUpTo(queue.sentBytes());
      if (waiters.isEmpty()) {
        waiters = null;
      }
    }
    done.forEach(future -> future.complete(null));
  }
}
