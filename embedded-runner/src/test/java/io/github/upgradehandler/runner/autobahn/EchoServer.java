package io.github.upgradehandler.runner.autobahn;

import java.net.URI;

/** A running server that sends every message back, whatever container it lives in. */
interface EchoServer extends AutoCloseable {

  URI uri();

  @Override
  void close() throws Exception;

  /** The server at {@code -Dautobahn.url}, which may be any container's; else the runner's jar. */
  static EchoServer underTest() throws Exception {
    String url = System.getProperty("autobahn.url");
    return url == null ? RunnerServer.start() : new RunningServer(URI.create(url));
  }
}
