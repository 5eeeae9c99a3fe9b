package io.github.upgradehandler.internal.sse;

import java.io.IOException;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What carries the bytes of one event stream, without ever blocking; for one thread at a time. */
public interface EventOutput {

  /**
   * Whether {@link #write} and {@link #flush} may be called. If not, {@link EventStream#onWritable}
   * comes when they may.
   */
  boolean isWritable() throws IOException;

  /** Takes all bytes of an array, which nobody changes. */
  void write(byte[] bytes) throws IOException;

  /** Sends on what was taken. */
  void flush() throws IOException;

  /**
   * Where writing goes on that has had its turn: after others, also when it does so again and
   * again. Null if it may go on where it is.
   */
  default @Nullable Executor afterOthers() {
    return null;
  }

  /** Whether somebody else has closed the response, which would go unnoticed; for any thread. */
  default boolean isClosedByOthers() {
    return false;
  }

  /** Ends the response; never throws. */
  void close();
}
