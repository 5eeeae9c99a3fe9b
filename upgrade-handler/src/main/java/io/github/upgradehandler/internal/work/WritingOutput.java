package io.github.upgradehandler.internal.work;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What a {@link WritingLoop} writes, and to where. The methods that say so are called under the
 * turn's monitor, by any thread; the others without it, by the thread that has the turn.
 */
public interface WritingOutput {

  /** Whether something waits to be written; called under the monitor. */
  boolean isWaiting();

  /** Whether nothing more comes after what waits; called under the monitor. */
  boolean isFinished();

  /**
   * Releases what was written last, and chooses what is next; called under the monitor.
   *
   * @return false if nothing waits
   */
  boolean next();

  /** Whether {@link #write} and {@link #flush} may be called. */
  boolean isWritable() throws IOException;

  /** Writes what {@link #next} has chosen. */
  void write() throws IOException;

  /** Sends what was written. */
  void flush() throws IOException;

  /**
   * The executor on which writing continues after its turn: after others, however often it does so.
   * Null if it may continue on the same thread.
   */
  default @Nullable Executor afterOthers() {
    return null;
  }

  /** Writing threw: ends the turn. {@link #close} follows. */
  void failed(Throwable cause, Caller caller);

  /** The turn has ended, and this thread is the one to close what was written to. */
  void close();

  /**
   * The thread has stopped writing; others may write already.
   *
   * @param finished whether everything is sent and nothing more comes
   */
  void stopped(Caller caller, boolean finished);
}
