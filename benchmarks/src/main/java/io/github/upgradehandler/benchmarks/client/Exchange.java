package io.github.upgradehandler.benchmarks.client;

import java.net.URI;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/** What a row does with a client's connections. Thread-safe. */
final class Exchange {

  private static final long LONGEST_SECONDS = 30;

  private final ClientRow row;
  private final Client client;
  private final URI server;
  private final String text;
  private final byte[] bytes;
  private final LongAdder done = new LongAdder();

  Exchange(ClientRow row, Client client, URI server) {
    this.row = row;
    this.client = client;
    this.server = server;
    this.text = "t".repeat(row.isText() ? row.payloadBytes() : 0);
    this.bytes = new byte[row.isText() ? 0 : row.payloadBytes()];
  }

  /** Opens connections; returns when each has had a message, or has been closed once. */
  void open(int connections) throws InterruptedException {
    CountDownLatch begun = new CountDownLatch(connections);
    for (int i = 0; i < connections; i++) {
      client.connect(server, new OneConnection(begun));
      if (i % 32 == 31) {
        // Not all at once: some libraries begin each by a thread.
        awaitCount(begun, connections - i + 31);
      }
    }
    awaitCount(begun, 0);
  }

  private static void awaitCount(CountDownLatch begun, long count) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(LONGEST_SECONDS);
    while (begun.getCount() > count) {
      if (begun.await(1, TimeUnit.MILLISECONDS)) {
        return;
      }
      if (System.nanoTime() - end > 0) {
        throw new IllegalStateException(begun.getCount() + " connections have had no message");
      }
    }
  }

  /** Messages that came back, or connections that were opened and closed. */
  long done() {
    return done.sum();
  }

  private final class OneConnection implements Client.Listener {

    private final CountDownLatch begun;
    private boolean counted;

    private OneConnection(CountDownLatch begun) {
      this.begun = begun;
    }

    @Override
    public void opened(Client.Connection connection) {
      if (row.load() == ClientRow.Load.CONNECT) {
        connection.close();
        return;
      }
      for (int i = 0; i < row.depth(); i++) {
        send(connection);
      }
    }

    @Override
    public void received(Client.Connection connection) {
      count();
      if (row.load() == ClientRow.Load.ECHO) {
        send(connection);
      }
    }

    @Override
    public void closed() {
      if (row.load() == ClientRow.Load.CONNECT) {
        count();
        client.connect(server, new OneConnection(begun));
      }
    }

    private void count() {
      done.increment();
      if (!counted) {
        counted = true;
        begun.countDown();
      }
    }

    private void send(Client.Connection connection) {
      if (row.isText()) {
        connection.send(text);
      } else {
        connection.send(bytes);
      }
    }
  }
}
