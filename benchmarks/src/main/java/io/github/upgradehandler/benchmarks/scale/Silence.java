package io.github.upgradehandler.benchmarks.scale;

import io.github.upgradehandler.spi.Transport;

/** Has nothing to read and takes all that is written: what is left is the library's own. */
final class Silence implements Transport {

  @Override
  public int read(byte[] buffer) {
    return 0;
  }

  @Override
  public boolean isWritable() {
    return true;
  }

  @Override
  public void write(byte[] bytes, int offset, int length) {}

  @Override
  public void flush() {}

  @Override
  public void close() {}
}
