package io.github.upgradehandler.client.internal;

import java.io.IOException;
import java.nio.ByteBuffer;

/** The bytes of a socket as they are. */
final class PlainStream implements ByteStream {

  private final Port port;
  private boolean drained; // used by the thread that reads

  PlainStream(Port port) {
    this.port = port;
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    if (drained) { // less was there than asked for: the selector knows of more without being asked
      drained = false;
      return 0;
    }
    int count = port.channel().read(target);
    drained = count > 0 && target.hasRemaining();
    return count;
  }

  @Override
  public int write(ByteBuffer source) throws IOException {
    return port.channel().write(source);
  }

  @Override
  public boolean flush() {
    return true;
  }

  @Override
  public void close() {
    port.close();
  }
}
