package io.github.upgradehandler.sse;

import java.io.IOException;

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

  /** Ends the response; never throws. */
  void close();
}
