package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.internal.protocol.Sender;
import io.github.upgradehandler.internal.work.Caller;
import io.github.upgradehandler.internal.work.Failures;
import io.github.upgradehandler.internal.work.ImmediateStages;
import io.github.upgradehandler.internal.work.WritingLoop;
import io.github.upgradehandler.internal.work.WritingOutput;
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
 * share. The thread that finds no other writing writes everything that waits.
 */
final class OutboundWriter {

  private final OutboundOwner owner;
  private final ConnectionGroup group;
  private final Transport transport;
  private final OutboundQueue queue;
  private final Sender sender;
  private final Object lock;
  private final long watermark;
  private final WritingLoop loop;

  // Guarded by the lock.
  private final WritingTurn turn = new WritingTurn();
  private @Nullable SentWaiters waiters;
  private boolean belowWatermark; // the next thread that stops writing reports it

  OutboundWriter(
      OutboundOwner owner,
      ConnectionGroup group,
      Transport transport,
      OutboundQueue queue,
      Sender sender,
      Object lock) {
    this.owner = owner;
    this.group = group;
    this.watermark = group.config().flow().outboundWatermarkBytes();
    this.transport = transport;
    this.queue = queue;
    this.sender = sender;
    this.lock = lock;
    boolean flushesFirst = true; // some containers send the 101 only with a flush
    this.loop = new WritingLoop(turn, lock, new Output(), flushesFirst);
  }

  /** The transport can take more; called by a thread of the container. */
  void onWritable() {
    loop.onWritable();
  }

  /** Writes what waits, unless another thread does. */
  void flush(Caller caller) {
    loop.flush(caller);
  }

  /** Bytes accepted and not yet taken by the transport; may be asked without the lock. */
  long bufferedBytes() {
    return queue.waitingBytes() + sender.heldBytes();
  }

  /** Whether so much waits that the peer is not read from; may be asked without the lock. */
  boolean isAboveWatermark() {
    return bufferedBytes() > watermark;
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
   * Drops everything and ends the transport, after the current write if there is one.
   *
   * @param closer where the transport is closed
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
      group.closesPending(transport);
    }
    if (unsent != null) {
      reporter().execute(() -> unsent.fail(ended()));
    }
  }

  private void close() {
    try {
      transport.close();
    } catch (Throwable e) { // thrown by a container, and not to reach the caller
      Failures.log(owner.id() + ": closing", e);
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

  /** The queue and the transport, for the loop. */
  private final class Output implements WritingOutput {

    @Override
    public boolean isWaiting() {
      return queue.waitingBytes() > 0;
    }

    @Override
    public boolean isFinished() {
      return sender.endsTransport();
    }

    @Override
    public boolean next() {
      boolean above = isAboveWatermark();
      queue.written();
      noteBelowWatermark(above);
      return queue.next();
    }

    @Override
    public boolean isWritable() throws IOException {
      return transport.isWritable();
    }

    @Override
    public void write() throws IOException {
      transport.write(queue.bytes(), queue.offset(), queue.length());
      group.counters().sent(queue.length());
    }

    @Override
    public void flush() throws IOException {
      transport.flush();
    }

    @Override
    public void failed(Throwable cause, Caller caller) {
      owner.end(cause, caller);
    }

    @Override
    public void close() {
      group.closed(transport);
      OutboundWriter.this.close();
    }

    @Override
    public void stopped(Caller caller, boolean finished) {
      boolean crossed;
      synchronized (lock) {
        crossed = belowWatermark;
        belowWatermark = false;
      }
      completeWaiters();
      if (finished) {
        owner.end(null, caller);
      } else if (crossed) {
        owner.belowWatermark(caller);
      }
    }
  }
}
