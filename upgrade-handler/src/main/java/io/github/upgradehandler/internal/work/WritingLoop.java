package io.github.upgradehandler.internal.work;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the thread that has the turn to write does: writes all that waits, then flushes, and stops
 * where the output takes no more. Thread-safe; writing allocates nothing.
 *
 * <p>Its monitor guards the turn and what is to be written: its owner takes it too. Of the methods
 * to implement, those that say so are called under the monitor, by any thread; the others without
 * it, by the thread that has the turn.
 */
public abstract class WritingLoop {

  /** A peer that reads as fast as others send must not occupy a thread. */
  private static final int MAX_WRITES_IN_A_TURN = 32;

  // Guarded by the monitor.
  private WritingTurn turn = WritingTurn.STARTING;
  private boolean flushOwed;

  // Set by any thread without a lock: one that finds another's cork sets its own, and both flush.
  volatile @Nullable Cork heldBy;

  /**
   * A loop that begins with the first {@link #onWritable}.
   *
   * @param flushesFirst whether to flush even if nothing was written
   */
  protected WritingLoop(boolean flushesFirst) {
    this.flushOwed = flushesFirst;
  }

  /** Whether something waits to be written; called under the monitor. */
  protected abstract boolean isWaiting();

  /** Whether nothing more comes after what waits; called under the monitor. */
  protected abstract boolean isFinished();

  /**
   * Releases what was written last, and chooses what is next; called under the monitor.
   *
   * @return false if nothing waits
   */
  protected abstract boolean chooseNext();

  /** Whether {@link #writeChosen} and {@link #flushOutput} may be called. */
  protected abstract boolean isWritable() throws IOException;

  /** Writes what {@link #chooseNext} has chosen. */
  protected abstract void writeChosen() throws IOException;

  /** Sends what was written. */
  protected abstract void flushOutput() throws IOException;

  /**
   * The executor on which writing continues after its turn: after others, however often it does so.
   * Null if it may continue on the same thread.
   */
  protected @Nullable Executor afterOthers() {
    return null;
  }

  /**
   * Who is to write what a thread has held back with much else; null: that thread. May be asked
   * without the monitor.
   */
  protected @Nullable Executor writingExecutor() {
    return null;
  }

  /** Whether so much waits that it is not held back; may be asked without the monitor. */
  protected abstract boolean isEnoughForOneWrite();

  /** Writing threw: ends the turn. {@link #closeOutput} follows. */
  protected abstract void failed(Throwable cause, Caller caller);

  /** The turn has ended, and this thread is the one to close what was written to. */
  protected abstract void closeOutput();

  /**
   * The thread has stopped writing; others may write already.
   *
   * @param finished whether everything is sent and nothing more comes
   */
  protected abstract void stopped(Caller caller, boolean finished);

  /** The output can take more; to be called by a thread of the container. */
  public final void onWritable() {
    synchronized (this) {
      if (!turn.awaitsOutput()) {
        if (turn == WritingTurn.TAKEN) {
          turn = WritingTurn.TAKEN_AND_WRITABLE;
        }
        return;
      }
      turn = WritingTurn.TAKEN;
    }
    write(Caller.CONTAINER);
  }

  /** Writes what waits, if no other thread does. */
  public final void flush(Caller caller) {
    synchronized (this) {
      if (turn != WritingTurn.FREE || (!isWaiting() && !isFinished())) {
        return;
      }
      turn = WritingTurn.TAKEN;
    }
    write(caller);
  }

  /**
   * Writes what waits, if no other thread does: when what this thread does is done, see {@link
   * Cork}, unless more waits than one write takes, or so much that the next message might overflow.
   */
  public final void flushSoon() {
    Cork cork = Cork.current();
    if (cork == null || isEnoughForOneWrite()) {
      flush(Caller.OTHER_THREAD);
    } else {
      cork.hold(this);
    }
  }

  /**
   * No thread is to write any more.
   *
   * @return whether none does already; else the writing thread calls {@link #closeOutput}
   */
  public final synchronized boolean endWriting() {
    boolean taken = turn.isTaken();
    turn = WritingTurn.ENDED;
    return !taken;
  }

  /** Whether {@link #endWriting} was called. */
  public final synchronized boolean isEnded() {
    return turn == WritingTurn.ENDED;
  }

  /** Whether no thread writes, and one could. */
  protected final synchronized boolean isFree() {
    return turn == WritingTurn.FREE;
  }

  /** Whether the output took something and now takes no more. */
  public final synchronized boolean isBlocked() {
    return turn == WritingTurn.BLOCKED;
  }

  /** Whether nothing can be written until the output reports that it can take more. */
  public final synchronized boolean awaitsOutput() {
    return turn.awaitsOutput();
  }

  private void write(Caller caller) {
    WritingStep step;
    try {
      int writes = 0;
      do {
        if (++writes > MAX_WRITES_IN_A_TURN) {
          Executor afterOthers = afterOthers();
          if (afterOthers != null) {
            afterOthers.execute(() -> write(caller));
            return;
          }
          writes = 0;
        }
        step = isWritable() ? next() : blocked();
        if (step == WritingStep.WRITE) {
          writeChosen();
        } else if (step == WritingStep.FLUSH) {
          flushOutput();
        }
      } while (step.goesOn());
    } catch (Throwable e) { // also a container's OutOfMemoryError: else no thread would write again
      failed(e, caller);
      step = WritingStep.CLOSE;
    }
    if (step == WritingStep.CLOSE) {
      closeOutput();
    } else {
      stopped(caller, step == WritingStep.FINISH);
    }
  }

  private synchronized WritingStep blocked() {
    if (turn == WritingTurn.ENDED) {
      return WritingStep.CLOSE;
    }
    if (turn == WritingTurn.TAKEN_AND_WRITABLE) {
      turn = WritingTurn.TAKEN;
      return WritingStep.CHECK_AGAIN;
    }
    turn = WritingTurn.BLOCKED;
    return WritingStep.STOP;
  }

  private synchronized WritingStep next() {
    if (turn == WritingTurn.ENDED) {
      return WritingStep.CLOSE;
    }
    if (chooseNext()) {
      flushOwed = true;
      return WritingStep.WRITE;
    }
    if (flushOwed) {
      flushOwed = false;
      return WritingStep.FLUSH;
    }
    turn = WritingTurn.FREE;
    return isFinished() ? WritingStep.FINISH : WritingStep.STOP;
  }
}
