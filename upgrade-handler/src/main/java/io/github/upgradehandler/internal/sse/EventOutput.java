package io.github.upgradehandler.internal.sse;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * What carries the bytes of one event stream, without ever blocking. Confined to one thread at a
 * time.
 */
public interface EventOutput {

  /**
   * Whether {@link #write} and {@link #flush} may be called. If not, {@link EventStream#onWritable}
   * comes when they may.
   */
  boolean isWritable() throws IOException;

  /** Takes all bytes of an array, which is never changed. */
  void write(byte[] bytes) throws IOException;

  /** Sends what was taken. */
  void flush() throws IOException;

  /**
   * The executor on which writing continues after its turn: after others, however often it does so.
   * Null if it may continue on the same thread.
   */
  default @Nullable Executor afterOthers() {
    return null;
  }

  /** Whether other code has closed the response, which would go unnoticed. Thread-safe. */
  default boolean isClosedByOthers() {
    return false;
  }

  /** Ends the response; never throws. */
  void close();
}
