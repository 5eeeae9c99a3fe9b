package io.github.upgradehandler.socketio.suites;

import io.github.upgradehandler.socketio.testing.TestContainer;
import java.util.Locale;

/** The server that the test suite of the protocol Socket.IO expects, version 5. */
public final class SocketSuiteServer {

  private SocketSuiteServer() {}

  /** Runs until it is killed: port and container. */
  public static void main(String[] args) throws Exception {
    TestContainer.valueOf(args[1].toUpperCase(Locale.ROOT))
        .start(new SocketSuiteServlet(), "/socket.io/*", Integer.parseInt(args[0]));
    System.out.println("ready");
    Thread.currentThread().join();
  }
}
