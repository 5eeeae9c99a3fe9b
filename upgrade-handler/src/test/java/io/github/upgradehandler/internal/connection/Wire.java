package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.internal.work.WorkerPool;
import io.github.upgradehandler.internal.work.Workers;
import io.github.upgradehandler.spi.Transport;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testing.Connections;
import io.github.upgradehandler.testkit.MemoryTransport;
import io.github.upgradehandler.testkit.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.List;

/**
 * One connection whose peer, container and clock are the test. Handlers run on the thread that
 * reports something, unless the configuration has another executor. Closing it checks that no rule
 * of the transport was broken. Unlike the kit's {@code TestPeer} it shows the connection's internal
 * type, its group and its transport, and plays a container that has not begun or tells things
 * twice.
 */
public final class Wire implements AutoCloseable {

  private static final Duration STEP = Duration.ofMillis(250);

  final VirtualClock clock = new VirtualClock();
  public final MemoryTransport transport = new MemoryTransport();
  public final ConnectionGroup group;
  public final Connection socket;
  private final SweepTimer deadlines;

  private Wire(WebSocketConfig config, WebSocketHandler handler) {
    deadlines = SweepTimer.byHand(clock);
    group = new ConnectionGroup(config, deadlines, Wire.class.getClassLoader(), workers(config));
    socket = connect(group, transport, handler);
  }

  /** Where handlers run on the test's thread, deadlines are acted on there too. */
  private static Workers workers(WebSocketConfig config) {
    return config.executor() == null
        ? Workers.threads()
        : new Workers(Runnable::run, new WorkerPool("callback", 1));
  }

  public static Connection connect(
      ConnectionGroup group, Transport transport, WebSocketHandler handler) {
    return Connections.connect(
        group, transport, new Handshake.Builder("/").build(), null, null, handler);
  }

  /** The defaults, but that everything happens on the thread that makes it happen. */
  public static WebSocketConfig.Builder config() {
    return WebSocketConfig.builder().executor(Runnable::run);
  }

  public static Wire open(WebSocketHandler handler) {
    return open(handler, config());
  }

  public static Wire open(WebSocketHandler handler, WebSocketConfig.Builder config) {
    Wire wire = unopened(handler, config);
    wire.socket.onStarted();
    wire.socket.onWritable();
    wire.transport.takeCalls();
    return wire;
  }

  /** The container has not called yet. */
  public static Wire unopened(WebSocketHandler handler, WebSocketConfig.Builder config) {
    return new Wire(config.build(), handler);
  }

  /** Bytes of the peer, all in one read. */
  public void receive(byte[]... pieces) {
    transport.arrive(ClientFrames.concat(pieces));
    socket.onReadable();
  }

  public void receiveText(String text) {
    receive(ClientFrames.text(text));
  }

  public void receiveHex(String digits) {
    receive(ClientFrames.hex(digits));
  }

  /** The peer ends its stream. */
  public void receiveEnd() {
    transport.arriveEnd();
    socket.onReadable();
  }

  /** The peer resets the TCP connection: the container tells of it, perhaps more than once. */
  public void reset() {
    IOException reset = new IOException("Connection reset");
    transport.failReads(reset);
    transport.failWrites(reset);
    socket.onEnd(reset);
    socket.onEnd(reset);
    socket.onEnd(null);
  }

  /** The frames sent since the last time. */
  public List<String> sent() {
    return transport.takeFrames();
  }

  /** From now on the peer does not read: one more write is taken, then none. */
  public void stall() {
    transport.takeWrites(1);
  }

  /** The peer reads again, all of it. */
  public void unstall() {
    transport.takeAllWrites();
    socket.onWritable();
  }

  /** The peer reads what one write takes. */
  public void readOneWrite() {
    transport.takeWrites(1);
    socket.onWritable();
  }

  /** Time passes, with a look at the deadlines four times a second. */
  public void pass(Duration time) {
    for (Duration left = time; !left.isZero(); ) {
      Duration step = left.compareTo(STEP) < 0 ? left : STEP;
      clock.advance(step);
      group.sweep();
      left = left.minus(step);
    }
  }

  @Override
  public void close() {
    deadlines.close();
    assertThat(transport.breaches()).as("rules of the transport that were broken").isEmpty();
  }
}
