package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.internal.log.Log;
import io.github.upgradehandler.internal.protocol.Sender;
import io.github.upgradehandler.internal.work.Caller;
import io.github.upgradehandler.internal.work.ImmediateStages;
import io.github.upgradehandler.internal.work.WritingLoop;
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
 * share, this one's monitor. The thread that finds no other writing writes everything that waits.
 */
final class OutboundWriter extends WritingLoop {

  /** Some containers send the 101 only with a flush. */
  private static final boolean FLUSHES_FIRST = true;

  private final Lifecycle life;
  private final ConnectionGroup group;
  private final Transport transport;
  private final OutboundQueue queue;
  private final Sender sender;

  // Guarded by the lock.
  private @Nullable SentWaiters waiters;
  private int accepted; // messages not counted yet
  private boolean belowWatermark; // the next thread that stops writing reports it

  OutboundWriter(
      Lifecycle life,
      ConnectionGroup group,
      Transport transport,
      OutboundQueue queue,
      Sender sender) {
    super(FLUSHES_FIRST);
    this.life = life;
    this.group = group;
    this.transport = transport;
    this.queue = queue;
    this.sender = sender;
  }

  /** Bytes accepted and not yet taken by the transport; may be asked without the lock. */
  long bufferedBytes() {
    return queue.waitingBytes() + sender.heldBytes();
  }

  /** Bytes of frames queued so far; guarded by the lock. */
  long acceptedBytes() {
    return queue.acceptedBytes();
  }

  /** Bytes of frames taken by the transport so far; guarded by the lock. */
  long sentBytes() {
    return queue.sentBytes();
  }

  /** Whether so much waits that the peer is not read from; may be asked without the lock. */
  boolean isAboveWatermark() {
    return group.budget().isAboveWatermark(bufferedBytes());
  }

  /** A message is queued: it is counted with the next write. Guarded by the lock. */
  void messageAccepted() {
    accepted++;
  }

  /**
   * Counts the messages that were queued since the last call: shared counters are touched once for
   * all that one write takes. Guarded by the lock.
   */
  void count() {
    if (accepted > 0) {
      group.counters().messagesSent(accepted);
      accepted = 0;
    }
  }

  /** Whether the transport never took anything and nothing waits for it; guarded by the lock. */
  boolean isUnused() {
    return awaitsOutput() && !isBlocked() && queue.waitingBytes() == 0;
  }

  /** Whether something waits, be it only for the transport to say that it can take more. */
  synchronized boolean isUnsent() {
    return awaitsOutput() || queue.waitingBytes() > 0;
  }

  /**
   * Whether nothing waits, and nothing was sent beyond these {@link #sentBytes}; may be asked
   * without the lock.
   */
  boolean isUntouchedSince(long sent) {
    return queue.waitingBytes() == 0 && queue.sentBytes() == sent;
  }

  /** Whether something waits that a thread could write now. */
  synchronized boolean isFlushable() {
    return isFree() && queue.waitingBytes() > 0;
  }

  /**
   * Less waits than before: if it is at or below the watermark again, the next thread that stops
   * writing reports it. Guarded by the lock.
   *
   * @param wasAbove what {@link #isAboveWatermark} was before
   */
  void noteBelowWatermark(boolean wasAbove) {
    belowWatermark |= wasAbove && !isAboveWatermark();
  }

  /**
   * A stage that completes when everything accepted so far is sent.
   *
   * @param holding asked under the lock: whether some of it is kept until a fragmented message has
   *     ended, see {@link #release}
   */
  CompletionStage<Void> whenSent(BooleanSupplier holding) {
    flush(Caller.OTHER_THREAD);
    CompletableFuture<Void> done = new CompletableFuture<>();
    boolean failed;
    synchronized (this) {
      long until = holding.getAsBoolean() ? SentWaiters.LATER : queue.acceptedBytes();
      failed = isEnded();
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
   * Drops everything and ends the transport, after the current write if there is one.
   *
   * @param closer where the transport is closed
   */
  void end(Executor closer) {
    boolean closeNow;
    SentWaiters unsent;
    synchronized (this) {
      queue.clear();
      unsent = waiters;
      waiters = null;
      closeNow = endWriting();
    }
    if (closeNow) {
      closer.execute(this::closeTransport);
    } else {
      group.closesPending(transport);
    }
    if (unsent != null) {
      reporter().execute(() -> unsent.fail(ended()));
    }
  }

  private void closeTransport() {
    try {
      transport.close();
    } catch (Throwable e) { // thrown by a container, and not to reach the caller
      Log.failure(life.id() + ": closing", e);
    }
  }

  private void completeWaiters() {
    List<CompletableFuture<Void>> done;
    synchronized (this) {
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

  /**
   * Where stages are completed: on this thread, unless its stack would grow or deadlines be
   * delayed.
   */
  private Executor reporter() {
    return ImmediateStages.another() ? Runnable::run : group.workers().callbacks();
  }

  private static IOException ended() {
    return new IOException("the connection has ended before everything was sent");
  }

  @Override
  protected boolean isWaiting() {
    return queue.waitingBytes() > 0;
  }

  /** See {@link Transport#writingExecutor}. */
  @Override
  protected @Nullable Executor writingExecutor() {
    return transport.writingExecutor();
  }

  /** See {@link OutboundBudget#isEnoughForOneWrite}. */
  @Override
  protected boolean isEnoughForOneWrite() {
    return group.budget().isEnoughForOneWrite(bufferedBytes());
  }

  @Override
  protected boolean isFinished() {
    return sender.endsTransport();
  }

  @Override
  protected boolean chooseNext() {
    count();
    boolean above = isAboveWatermark();
    queue.written();
    noteBelowWatermark(above);
    return queue.next();
  }

  @Override
  protected boolean isWritable() throws IOException {
    return transport.isWritable();
  }

  @Override
  protected void writeChosen() throws IOException {
    transport.write(queue.bytes(), queue.offset(), queue.length());
    group.counters().sent(queue.length());
  }

  @Override
  protected void flushOutput() throws IOException {
    transport.flush();
  }

  @Override
  protected void failed(Throwable cause, Caller caller) {
    life.end(cause, caller);
  }

  @Override
  protected void closeOutput() {
    group.closed(transport);
    closeTransport();
  }

  @Override
  protected void stopped(Caller caller, boolean finished) {
    boolean crossed;
    synchronized (this) {
      crossed = belowWatermark;
      belowWatermark = false;
    }
    completeWaiters();
    if (finished) {
      life.end(null, caller);
    } else if (crossed) {
      life.belowWatermark(caller);
    }
  }
}
