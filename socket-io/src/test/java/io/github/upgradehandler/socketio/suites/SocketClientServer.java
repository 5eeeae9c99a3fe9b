package io.github.upgradehandler.socketio.suites;

/** The server that the tests of socket.io-client expect. */
public final class SocketClientServer {

  private SocketClientServer() {}

  /** Runs until it is killed. */
  public static void main(String[] args) throws Exception {
    SuiteServer.run(args, new SocketClientServlet(), "/socket.io/*");
  }
}
