package io.github.upgradehandler.socketio.suites;

/** The server that the tests of engine.io-client expect. */
public final class EngineClientServer {

  private EngineClientServer() {}

  /** Runs until it is killed. */
  public static void main(String[] args) throws Exception {
    SuiteServer.run(args, new EngineClientServlet(), "/engine.io/*");
  }
}
