package io.github.upgradehandler.jetty;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.jetty.io.ManagedSelector;
import org.eclipse.jetty.io.SocketChannelEndPoint;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** A connector that counts the reads of its sockets. */
final class FillCountingConnector extends ServerConnector {

  final AtomicInteger fills = new AtomicInteger();

  FillCountingConnector(Server server) {
    super(server, 1, 1);
  }

  @Override
  protected SocketChannelEndPoint newEndPoint(
      SocketChannel channel, ManagedSelector selector, SelectionKey key) {
    SocketChannelEndPoint endPoint =
        new SocketChannelEndPoint(channel, selector, key, getScheduler()) {
          @Override
          public int fill(ByteBuffer buffer) throws IOException {
            fills.incrementAndGet();
            return super.fill(buffer);
          }
        };
    endPoint.setIdleTimeout(getIdleTimeout());
    return endPoint;
  }
}
