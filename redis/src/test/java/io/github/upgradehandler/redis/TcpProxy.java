package io.github.upgradehandler.redis;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Between a node and a server: cuts connections, or holds up what comes from the server. */
final class TcpProxy implements AutoCloseable {

  private static final int BUFFER = 16 << 10;

  private final ServerSocket listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  private final int server;
  private final List<Connection> connections = new CopyOnWriteArrayList<>();

  /**
   * Listens on a port of its own.
   *
   * @param server the port of the server
   */
  TcpProxy(int server) throws IOException {
    this.server = server;
    start("accepts", this::accept);
  }

  int port() {
    return listening.getLocalPort();
  }

  String uri() {
    return "redis://127.0.0.1:" + port();
  }

  private static void start(String name, Runnable action) {
    Thread thread = new Thread(action, "a proxy " + name);
    thread.setDaemon(true);
    thread.start();
  }

  private void accept() {
    while (!listening.isClosed()) {
      try {
        carry(listening.accept());
      } catch (IOException e) {
        return; // it is closed
      }
    }
  }

  private void carry(Socket client) throws IOException {
    Socket upstream;
    try {
      upstream = new Socket(InetAddress.getLoopbackAddress(), server);
    } catch (IOException e) {
      client.close(); // as a server does that is away
      return;
    }
    Connection connection = new Connection(client, upstream);
    connections.add(connection);
    start("carries to the server", connection::toServer);
    start("carries to the client", connection::toClient);
  }

  /** Ends all connections. */
  void cut() {
    connections.forEach(Connection::end);
  }

  /** From now on nothing comes over the connections that have subscribed, which stay open. */
  void deafen() {
    connections.forEach(connection -> connection.deaf = connection.subscribes);
  }

  @Override
  public void close() throws IOException {
    listening.close();
    cut();
  }

  /** One, with both of its sockets. */
  private final class Connection {
    private final Socket client;
    private final Socket upstream;
    private volatile boolean subscribes;
    private volatile boolean deaf;

    Connection(Socket client, Socket upstream) {
      this.client = client;
      this.upstream = upstream;
    }

    void toServer() {
      carry(client, upstream, true);
    }

    void toClient() {
      carry(upstream, client, false);
    }

    private void carry(Socket from, Socket to, boolean commands) {
      byte[] buffer = new byte[BUFFER];
      try {
        InputStream in = from.getInputStream();
        OutputStream out = to.getOutputStream();
        for (int length = in.read(buffer); length >= 0; length = in.read(buffer)) {
          if (commands && !subscribes) {
            String text = new String(buffer, 0, length, StandardCharsets.ISO_8859_1);
            subscribes = text.contains("\nSUBSCRIBE\r");
          }
          if (commands || !deaf) {
            out.write(buffer, 0, length);
          }
        }
      } catch (IOException e) {
        // the other direction ends too
      } finally {
        end();
      }
    }

    void end() {
      connections.remove(this);
      for (Socket socket : List.of(client, upstream)) {
        try {
          socket.close();
        } catch (IOException e) {
          throw new AssertionError(e);
        }
      }
    }
  }
}
