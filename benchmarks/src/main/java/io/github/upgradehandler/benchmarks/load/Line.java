package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;

/** The bytes of a connection, without blocking. */
interface Line {

  /** Over a socket that is connected, or about to be. */
  static Line over(SocketChannel channel, boolean tls) {
    return tls ? new TlsLine(channel) : new PlainLine(channel);
  }

  /**
   * Goes on with what comes before the first byte.
   *
   * @return what the socket must be ready for to go on; 0 if all is done
   */
  int open() throws IOException;

  /**
   * Reads what is there, as far as there is room.
   *
   * @return how many bytes; less than there is room for only if no more is there; -1 at the end
   */
  int read(ByteBuffer target) throws IOException;

  /** Writes what is taken; whether that is all, else the socket must become writable first. */
  boolean write(ByteBuffer source) throws IOException;

  /** The bytes as they are. */
  record PlainLine(SocketChannel channel) implements Line {

    @Override
    public int open() {
      return 0;
    }

    @Override
    public int read(ByteBuffer target) throws IOException {
      return channel.read(target);
    }

    @Override
    public boolean write(ByteBuffer source) throws IOException {
      channel.write(source);
      return !source.hasRemaining();
    }
  }
}
