package io.github.upgradehandler.client.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/**
 * The bytes of one connection, without blocking. One thread at a time reads and one at a time
 * writes; both may happen at once.
 */
interface ByteStream {

  /**
   * Reads what is there.
   *
   * @return how many bytes; 0 if none is there; -1 at the end
   */
  int read(ByteBuffer target) throws IOException;

  /**
   * Writes as much as is taken at once.
   *
   * @return how many bytes were taken; if not all, the socket must become writable first
   */
  int write(ByteBuffer source) throws IOException;

  /**
   * Sends on what was taken.
   *
   * @return whether nothing is left of it; if not, the socket must become writable first
   */
  boolean flush() throws IOException;

  /** Ends both directions; does nothing the second time, never throws. */
  void close();
}
