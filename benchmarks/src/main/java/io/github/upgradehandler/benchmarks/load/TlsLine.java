package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import tlschannel.ClientTlsChannel;
import tlschannel.NeedsReadException;
import tlschannel.NeedsWriteException;
import tlschannel.TlsChannel;
import tlschannel.WouldBlockException;

/** The bytes inside TLS. */
final class TlsLine implements Line {

  private final TlsChannel channel;

  TlsLine(SocketChannel socket) {
    channel = ClientTlsChannel.newBuilder(socket, Tls.engine()).build();
  }

  @Override
  public int open() throws IOException {
    try {
      channel.handshake();
      return 0;
    } catch (NeedsReadException e) {
      return SelectionKey.OP_READ;
    } catch (NeedsWriteException e) {
      return SelectionKey.OP_WRITE;
    }
  }

  @Override
  public int read(ByteBuffer target) throws IOException {
    int begin = target.position();
    try {
      while (target.hasRemaining()) {
        if (channel.read(target) < 0) {
          return target.position() == begin ? -1 : target.position() - begin;
        }
      }
    } catch (WouldBlockException e) {
      // What the selector tells of next is new.
    }
    return target.position() - begin;
  }

  /** With nothing more to write, it sends on what it has encrypted before. */
  @Override
  public boolean write(ByteBuffer source) throws IOException {
    try {
      do {
        channel.write(source);
      } while (source.hasRemaining());
      return true;
    } catch (WouldBlockException e) {
      return false;
    }
  }
}
