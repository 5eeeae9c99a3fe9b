package io.github.upgradehandler.testing;

import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.spi.Transport;

/**
 * Brings one read at a time and takes all that is written, for what is measured: unlike the kit's
 * transport it keeps nothing, and has 24 bytes.
 */
public final class BottomlessTransport implements Transport {

  private byte[] incoming;
  private long written;

  /** The peer sends this; the array is read and left as it is. */
  public void bring(Connection connection, byte[] bytes) {
    incoming = bytes;
    connection.onReadable();
  }

  /** Bytes written so far. */
  public long written() {
    return written;
  }

  @Override
  public int read(byte[] buffer) {
    byte[] bytes = incoming;
    if (bytes == null) {
      return 0;
    }
    incoming = null;
    System.arraycopy(bytes, 0, buffer, 0, bytes.length);
    return bytes.length;
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {
    written += length;
  }

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
