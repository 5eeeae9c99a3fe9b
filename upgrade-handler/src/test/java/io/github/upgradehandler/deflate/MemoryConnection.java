package io.github.upgradehandler.deflate;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.connection.Connection;
import io.github.upgradehandler.connection.Deadlines;
import io.github.upgradehandler.connection.Endpoint;
import io.github.upgradehandler.frame.Role;
import io.github.upgradehandler.protocol.Extension;
import java.util.List;

/** A server's connection that compresses, over a transport in memory. */
final class MemoryConnection implements AutoCloseable {

  private final Deadlines deadlines = new Deadlines();
  private final MemoryTransport transport = new MemoryTransport();
  private final Connection connection;

  MemoryConnection(WebSocketConfig config) {
    Endpoint endpoint = new Endpoint(config, deadlines, getClass().getClassLoader());
    Extension extension = Negotiated.extension(Role.SERVER, config, "permessage-deflate");
    connection = open(endpoint, transport, extension, new WebSocketHandler() {});
  }

  /** A connection that may be written to. */
  static Connection open(
      Endpoint endpoint, MemoryTransport transport, Extension extension, WebSocketHandler handler) {
    Connection connection =
        endpoint.connect(transport, new Handshake.Builder("/").build(), null, extension, handler);
    connection.start();
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
