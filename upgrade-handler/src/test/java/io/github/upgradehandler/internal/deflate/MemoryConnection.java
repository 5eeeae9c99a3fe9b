package io.github.upgradehandler.internal.deflate;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.spi.Role;
import io.github.upgradehandler.testing.Connections;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.util.List;

/**
 * A server's connection that compresses, over a transport in memory: shows frames as they were
 * sent, compressed, where the kit's peer shows their originals.
 */
final class MemoryConnection implements AutoCloseable {

  private final SweepTimer deadlines = new SweepTimer();
  private final MemoryTransport transport = new MemoryTransport();
  private final Connection connection;

  MemoryConnection(WebSocketConfig config) {
    ConnectionGroup group = new ConnectionGroup(config, deadlines, getClass().getClassLoader());
    Extension extension = Negotiated.extension(Role.SERVER, config, "permessage-deflate");
    connection = open(group, transport, extension, new WebSocketHandler() {});
  }

  /** A connection that may be written to. */
  static Connection open(
      ConnectionGroup group,
      MemoryTransport transport,
      Extension extension,
      WebSocketHandler handler) {
    Connection connection =
        Connections.connect(
            group, transport, new Handshake.Builder("/").build(), null, extension, handler);
    connection.onStarted();
    connection.onWritable();
    return connection;
  }

  WebSocket socket() {
    return connection;
  }

  /** The frames sent since the last call. */
  List<Frames.Frame> sent() {
    return Frames.parse(transport.takeWritten());
  }

  @Override
  public void close() {
    connection.onEnd(null);
    deadlines.close();
  }
}
