package io.github.upgradehandler.internal.work;

import java.util.concurrent.Executor;

/**
 * What the thread that has the {@link WritingTurn} does: writes all that waits, then flushes, and
 * stops where the output takes no more. Thread-safe; writing allocates nothing.
 */
public final class WritingLoop {

  /** A peer that reads as fast as others send must not occupy a thread. */
  private static final int MAX_WRITES_IN_A_TURN = 32;

  private final WritingTurn turn; // also the lock
  private final WritingOutput output;
  private boolean flushOwed; // guarded by the turn

  /**
   * A loop that begins with the first {@link #onWritable}.
   *
   * @param turn the output's owner ends it; its monitor guards it and what the output writes
   * @param flushesFirst whether to flush even if nothing was written
   */
  public WritingLoop(WritingTurn turn, WritingOutput output, boolean flushesFirst) {
    this.turn = turn;
    this.output = output;
    this.flushOwed = flushesFirst;
  }

  /** The output can take more; to be called by a thread of the container. */
  public void onWritable() {
    synchronized (turn) {
      if (!turn.takeBlocked()) {
        return;
      }
    }
    write(Caller.CONTAINER);
  }

  /** Writes what waits, if no other thread does. */
  public void flush(Caller caller) {
    synchronized (turn) {
      if ((!output.isWaiting() && !output.isFinished()) || !turn.take()) {
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
          Executor afterOthers = output.afterOthers();
          if (afterOthers != null) {
            afterOthers.execute(() -> write(caller));
            return;
          }
          writes = 0;
        }
        step = output.isWritable() ? next() : blocked();
        if (step == WritingStep.WRITE) {
          output.write();
        } else if (step == WritingStep.FLUSH) {
          output.flush();
        }
      } while (step.goesOn());
    } catch (Throwable e) { // also a container's OutOfMemoryError: else no thread would write again
      output.failed(e, caller);
      step = WritingStep.CLOSE;
    }
    if (step == WritingStep.CLOSE) {
      output.close();
    } else {
      output.stopped(caller, step == WritingStep.FINISH);
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
      if (output.next()) {
        flushOwed = true;
        return WritingStep.WRITE;
      }
      if (flushOwed) {
        flushOwed = false;
        return WritingStep.FLUSH;
      }
      turn.free();
      return output.isFinished() ? WritingStep.FINISH : WritingStep.STOP;
    }
  }
}
