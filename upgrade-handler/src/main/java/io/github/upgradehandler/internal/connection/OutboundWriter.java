package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.ConnectionState;
import io.github.upgradehandler.internal.connection.Connection.Caller;
import io.github.upgradehandler.internal.protocol.ClosingHandshake;
import io.github.upgradehandler.internal.work.Failures;
import io.github.upgradehandler.internal.work.ImmediateStages;
import io.github.upgradehandler.internal.work.WritingStep;
import io.github.upgradehandler.internal.work.WritingTurn;
import io.github.upgradehandler.spi.Transport;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Writes what {@link Outbound} has queued: one thread at a time, outside of the lock that both
 * share. The thread that finds nobody writing writes everything that waits.
 */
final class OutboundWriter {

  private final Connection connection;
  private final Transport transport;
  private final OutboundQueue queue;
  private final ClosingHandshake closing;
  private final Object lock;

  // Guarded by the lock.
  private final WritingTurn turn = new WritingTurn();
  private boolean flushOwed = true; // some containers send the 101 only with a flush
  private @Nullable SentWaiters waiters;
  private boolean drained; // the next thread that stops writing tells of it

  OutboundWriter(
      Connection connection,
      Transport transport,
      OutboundQueue queue,
      ClosingHandshake closing,
      Object lock) {
    this.connection = connection;
    this.transport = transport;
    this.queue = queue;
    this.closing = closing;
    this.lock = lock;
  }

  /** The transport can take more; called by a thread of the container. */
  void onWritable() {
    synchronized (lock) {
      if (!turn.takeBlocked()) {
        return;
      }
    }
    write(Caller.CONTAINER);
  }

  /** Writes what waits, if nobody else does. */
  void flush() {
    synchronized (lock) {
      boolean needed = queue.waitingBytes() > 0 || closing.state() == ConnectionState.CLOSED;
      if (!needed || !turn.take()) {
        return;
      }
    }
    write(Caller.OTHER_THREAD);
  }

  /** See {@link Transport#writingExecutor}. */
  @Nullable Executor writingExecutor() {
    return transport.writingExecutor();
  }

  /** Whether the transport took something and now takes no more; guarded by the lock. */
  boolean isBlocked() {
    return turn.isBlocked();
  }

  /** Whether the transport never took anything and nothing waits for it; guarded by the lock. */
  boolean isUnused() {
    return turn.isWaiting() && !turn.isBlocked() && queue.waitingBytes() == 0;
  }

  /** Whether something waits, be it only for the transport to say that it can take more. */
  boolean isUnsent() {
    synchronized (lock) {
      return turn.isWaiting() || queue.waitingBytes() > 0;
    }
  }

  /** Whether something waits that a thread could write now. */
  boolean isFlushable() {
    synchronized (lock) {
      return turn.isFree() && queue.waitingBytes() > 0;
    }
  }

  /** So little waits again that the application is to be told; guarded by the lock. */
  void drained() {
    drained = true;
  }

  /**
   * A stage that completes when everything accepted so far is sent.
   *
   * @param holding asked under the lock: whether some of it is kept until a fragmented message has
   *     ended, see {@link #release}
   */
  CompletionStage<Void> whenSent(BooleanSupplier holding) {
    flush();
    CompletableFuture<Void> done = new CompletableFuture<>();
    boolean failed;
    synchronized (lock) {
      long until = holding.getAsBoolean() ? SentWaiters.LATER : queue.acceptedBytes();
      failed = turn.isEnded();
      if (!failed && until > queue.sentBytes()) {
        if (waiters == null) {
          waiters = new SentWaiters();
        }
        waiters.add(until, done);
        return done;
      }
    }
    reporter()
        .execute(failed ? () -> done.completeExceptionally(ended()) : () -> done.complete(null));
    return done;
  }

  /** What was kept for the end of a fragmented message is queued; guarded by the lock. */
  void release() {
    if (waiters != null) {
      waiters.untilAtLast(queue.acceptedBytes());
    }
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
      queue.clear();
      unsent = waiters;
      waiters = null;
      closeNow = turn.end();
    }
    if (closeNow) {
      closer.execute(this::close);
    } else {
      connection.group().closesPending(transport);
    }
    if (unsent != null) {
      reporter().execute(() -> unsent.fail(ended()));
    }
  }

  private void write(Caller caller) {
    WritingStep step;
    try {
      do {
        step = transport.isWritable() ? next() : blocked();
        if (step == WritingStep.WRITE) {
          transport.write(queue.bytes(), queue.offset(), queue.length());
          connection.group().counters().sent(queue.length());
        } else if (step == WritingStep.FLUSH) {
          transport.flush();
        }
      } while (step.goesOn());
    } catch (Throwable e) { // also a container's OutOfMemoryError: nobody could write any more
      connection.end(e, caller);
      step = WritingStep.CLOSE;
    }
    if (step == WritingStep.CLOSE) {
      connection.group().closed(transport);
      close();
    } else {
      stopped(caller, step == WritingStep.FINISH);
    }
  }

  private void close() {
    try {
      transport.close();
    } catch (Throwable e) { // of a container: the caller must not suffer for it
      Failures.log(connection.id() + ": closing", e);
    }
  }

  /** Others may be writing already: what happened meanwhile is read under the lock. */
  private void stopped(Caller caller, boolean finished) {
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
      boolean above = connection.isAboveWatermark();
      queue.written();
      drained |= above && !connection.isAboveWatermark();
      if (queue.next()) {
        flushOwed = true;
        return WritingStep.WRITE;
      }
      if (flushOwed) {
        flushOwed = false;
        return WritingStep.FLUSH;
      }
      turn.free();
      return closing.state() == ConnectionState.CLOSED ? WritingStep.FINISH : WritingStep.STOP;
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
    if (!done.isEmpty()) {
      reporter().execute(() -> done.forEach(stage -> stage.complete(null)));
    }
  }

  /** Where stages are completed: here, unless that would go too deep or hold up too much. */
  private Executor reporter() {
    return ImmediateStages.another() ? Runnable::run : connection.group().workers().callbacks();
  }

  private static IOException ended() {
    return new IOException("the connection has ended before everything was sent");
  }
}
