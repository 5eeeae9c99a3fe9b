package io.github.upgradehandler.runner.autobahn;

import java.net.URI;

/** A server that somebody else starts and stops. */
record RunningServer(URI uri) implements EchoServer {

  @Override
  public void close() {}
}
