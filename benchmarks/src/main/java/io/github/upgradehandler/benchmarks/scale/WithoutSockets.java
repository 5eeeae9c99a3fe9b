package io.github.upgradehandler.benchmarks.scale;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.benchmarks.server.LiveHeap;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.spi.LiveConnection;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The library alone, with connections that have no sockets.
 *
 * @param heapBytes of a connection, without its handshake and its transport
 * @param sweepMillis of looking at the deadlines of all, none of which is due
 * @param broadcastMillis of queueing and writing one message to all
 */
public record WithoutSockets(
    int connections, double heapBytes, double sweepMillis, double broadcastMillis) {

  private static final int TURNS = 31;
  private static final long SWEEP_INTERVAL = 250_000_000;
  private static final int TRANSPORT_BYTES = 16;
  private static final double MILLIS = 1e6;

  /** Measures in this process, which needs a heap of 2 KiB for each connection. */
  public static WithoutSockets measure(int connections) {
    AtomicLong clock = new AtomicLong(System.nanoTime());
    SweepTimer timer = SweepTimer.byHand(clock::get);
    ConnectionGroup group =
        new ConnectionGroup(
            WebSocketConfig.defaults(), timer, WithoutSockets.class.getClassLoader());
    Handshake handshake = new Handshake.Builder("/").build();
    WebSocketHandler handler = new WebSocketHandler() {};
    long before = LiveHeap.bytes();
    for (int i = 0; i < connections; i++) {
      LiveConnection connection = group.open(new Silence(), handshake, asked -> handler);
      connection.onStarted();
      connection.onWritable();
    }
    double heapBytes = (double) (LiveHeap.bytes() - before) / connections - TRANSPORT_BYTES;
    double sweep =
        median(
            () -> {
              clock.addAndGet(SWEEP_INTERVAL);
              group.sweep();
            });
    double broadcast =
        median(
            () -> {
              PreparedMessage message = PreparedMessage.text("to all of you");
              for (WebSocket each : group.connections()) {
                each.send(message);
              }
            });
    return new WithoutSockets(connections, heapBytes, sweep, broadcast);
  }

  private static double median(Runnable action) {
    double[] millis = new double[TURNS];
    for (int i = 0; i < TURNS; i++) {
      long begin = System.nanoTime();
      action.run();
      millis[i] = (System.nanoTime() - begin) / MILLIS;
    }
    Arrays.sort(millis);
    return millis[TURNS / 2];
  }
}
