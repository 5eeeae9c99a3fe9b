package io.github.upgradehandler.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;

/** An output that takes as many bytes as the test allows, and keeps what was flushed. */
final class MemoryOutput implements EventOutput {

  private final ByteArrayOutputStream written = new ByteArrayOutputStream();
  private String flushed = "";
  private int room = Integer.MAX_VALUE;
  private boolean broken;
  private int closes;

  /** The client reads so many more bytes, and nothing then. */
  void takes(int bytes) {
    room = bytes;
  }

  /** The client is gone, which the next write finds out. */
  void breaks() {
    broken = true;
  }

  @Override
  public boolean isWritable() {
    return room > 0;
  }

  @Override
  public void write(byte[] bytes) throws IOException {
    if (broken) {
      throw new IOException("broken pipe");
    }
    if (room <= 0 || closes > 0) {
      throw new IllegalStateException("not writable");
    }
    room -= bytes.length;
    written.writeBytes(bytes);
  }

  @Override
  public void flush() {
    if (room <= 0 || closes > 0) {
      throw new IllegalStateException("not writable");
    }
    flushed += written.toString(UTF_8);
    written.reset();
  }

  @Override
  public void close() {
    closes++;
  }

  boolean isClosed() {
    if (closes > 1) {
      throw new AssertionError("closed " + closes + " times");
    }
    return closes == 1;
  }

  /** What has come since the last call. */
  String next() {
    String all = flushed;
    flushed = "";
    return all;
  }
}
