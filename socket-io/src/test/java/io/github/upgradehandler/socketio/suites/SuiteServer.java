package io.github.upgradehandler.socketio.suites;

import io.github.upgradehandler.socketio.testing.TestContainer;
import jakarta.servlet.http.HttpServlet;
import java.util.Locale;

/** What the programs have in common. */
final class SuiteServer {

  private SuiteServer() {}

  /**
   * Runs until it is killed.
   *
   * @param args the port, and the container, which is Jetty if it is not named
   */
  static void run(String[] args, HttpServlet servlet, String mapping) throws Exception {
    if (args.length == 0) {
      throw new IllegalArgumentException("arguments: the port, and the container if not jetty");
    }
    TestContainer container =
        args.length == 1
            ? TestContainer.JETTY
            : TestContainer.valueOf(args[1].toUpperCase(Locale.ROOT));
    container.start(servlet, mapping, Integer.parseInt(args[0]));
    System.out.println("ready");
    Thread.currentThread().join();
  }
}
