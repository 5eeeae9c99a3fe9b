package io.github.upgradehandler.benchmarks.client;

import java.net.URI;

/** A client library, as the load uses it. */
interface Client {

  /** One connection that is open. */
  interface Connection {
    void send(String text);

    void send(byte[] bytes);

    void close();
  }

  /** What happens on one connection; whole messages only, one call at a time. */
  interface Listener {
    void opened(Connection connection);

    void received(Connection connection);

    void closed();
  }

  /** Opens a connection; returns before it is open. */
  void connect(URI server, Listener listener);
}
