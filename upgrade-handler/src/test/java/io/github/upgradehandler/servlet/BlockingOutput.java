package io.github.upgradehandler.servlet;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;
import java.io.OutputStream;

/** A response's output that knows of no listeners, as filters make it. */
class BlockingOutput extends ServletOutputStream {

  private final OutputStream out;

  BlockingOutput(OutputStream out) {
    this.out = out;
  }

  @Override
  public boolean isReady() {
    return true;
  }

  @Override
  public void setWriteListener(WriteListener listener) {}

  @Override
  public void write(int value) throws IOException {
    out.write(value);
  }
}
