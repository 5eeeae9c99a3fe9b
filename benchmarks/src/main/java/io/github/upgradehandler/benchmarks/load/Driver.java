package io.github.upgradehandler.benchmarks.load;

import java.net.InetSocketAddress;
import java.util.List;
import org.HdrHistogram.Histogram;

/** What keeps a server busy as a row says. */
interface Driver extends AutoCloseable {

  /** The one for a row. */
  static Driver of(Row row, Tape tape, List<InetSocketAddress> servers) {
    return switch (row.load()) {
      case POLLING -> new PollingClient(tape, servers.get(0));
      case EVENT_STREAMS -> new EventStreams(row, servers.get(0));
      default -> new LoadClient(row, tape, servers);
    };
  }

  /** Opens the connections, and where messages are exchanged begins with it. */
  void start(int connections);

  /** Keeps the server busy for that long. */
  void run(long nanos);

  /** Messages that came back, deliveries, or connections that were opened and closed. */
  long done();

  /** Nanoseconds from sending to receiving, or from connecting to the response. */
  Histogram latencies();

  @Override
  void close();
}
