package io.github.upgradehandler.internal.work;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What the thread that has the {@link WritingTurn} does: writes all that waits, then flushes, and
 * stops where the output takes no more. Thread-safe; writing allocates nothing.
 *
 * <p>Of the methods to implement, those that say so are called under the turn's monitor, by any
 * thread; the others without it, by the thread that has the turn.
 */
public abstract class WritingLoop {

  /** A peer that reads as fast as others send must not occupy a thread. */
  private static final int MAX_WRITES_IN_A_TURN = 32;

  private final WritingTurn turn; // also the lock
  private boolean flushOwed; // guarded by the turn

  /**
   * A loop that begins with the first {@link #onWritable}.
   *
   * @param turn the output's owner ends it; its monitor guards it and what is to be written
   * @param flushesFirst whether to flush even if nothing was written
   */
  protected WritingLoop(WritingTurn turn, boolean flushesFirst) {
    this.turn = turn;
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
    synchronized (turn) {
      if (!turn.takeBlocked()) {
        return;
      }
    }
    write(Caller.CONTAINER);
  }

  /** Writes what waits, if no other thread does. */
  public final void flush(Caller caller) {
    synchronized (turn) {
      if ((!isWaiting() && !isFinished()) || !turn.take()) {
        return;
      }
    }
    write(caller);
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

  private WritingStep blocked() {
    synchronized (turn) {
      if (turn.isEnded()) {
        return WritingStep.CLOSE;
      }
      return turn.block() ? WritingStep.STOP : WritingStep.CHECK_AGAIN;
    }
  }

  private WritingStep next() {
    synchronized (turn) {
      if (turn.isEnded()) {
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
      turn.free();
      return isFinished() ? WritingStep.FINISH : WritingStep.STOP;
    }
  }
}
