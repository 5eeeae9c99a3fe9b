package io.github.upgradehandler.socketio.suites;

/** The server that the test suite of the protocol Socket.IO expects, version 5. */
public final class SocketSuiteServer {

  private SocketSuiteServer() {}

  /** Runs until it is killed. */
  public static void main(String[] args) throws Exception {
    SuiteServer.run(args, new SocketSuiteServlet(), "/socket.io/*");
  }
}
