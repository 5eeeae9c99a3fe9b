package io.github.upgradehandler.spi;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What carries the bytes of one connection, without ever blocking. Reading is done by one thread at
 * a time, writing by one thread at a time; both may happen at once.
 *
 * <p>Implemented by modules that bring another carrier; called by the library, from any thread. Not
 * for applications.
 */
public interface Transport {

  /**
   * Reads what is there.
   *
   * @return how many bytes were read; 0 if none is there, {@link TransportListener#onReadable} then
   *     comes when there is; -1 at the end
   */
  int read(byte[] buffer) throws IOException;

  /**
   * The one thread that may write, as an executor, if that is not the caller's: a caller that
   * writes for many connections gives it one task for all of them. Null if the caller may write.
   */
  default @Nullable Executor writingExecutor() {
    return null;
  }

  /**
   * Whether {@link TransportListener#onReadable} is called again by itself, after other connections
   * had their turn, for what {@link #read} has left.
   */
  default boolean reportsAgain() {
    return false;
  }

  /**
   * The executor on which reading continues after its turn: after other connections, however often
   * it does so. Null if any executor will do.
   */
  default @Nullable Executor afterOthers() {
    return null;
  }

  /**
   * Whether {@link #write} and {@link #flush} may be called, and the array of the last write is the
   * caller's again. If not, {@link TransportListener#onWritable} comes when they may.
   */
  boolean isWritable() throws IOException;

  /** Takes bytes; the array must not be changed until {@link #isWritable} is true again. */
  void write(byte[] bytes, int offset, int length) throws IOException;

  /** Sends what was taken. */
  void flush() throws IOException;

  /** Ends the connection in both directions; does nothing the second time, never throws. */
  void close();
}
