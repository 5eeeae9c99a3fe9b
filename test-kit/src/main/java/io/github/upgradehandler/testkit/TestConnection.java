package io.github.upgradehandler.testkit;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.connection.AcceptedHandshake;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.internal.work.WorkerPool;
import io.github.upgradehandler.internal.work.Workers;
import io.github.upgradehandler.spi.Transport;
import io.github.upgradehandler.spi.TransportListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the library's, alone in its group, which has no thread and no clock of its own.
 */
final class TestConnection implements AutoCloseable {

  private final VirtualClock clock;
  private final SweepTimer timer;
  private final WorkerPool callbacks;
  private final ConnectionGroup group;
  private final Connection connection;

  private TestConnection(
      WebSocketConfig config,
      Handshake handshake,
      Transport transport,
      WebSocketHandler handler,
      @Nullable FrameObserver observer) {
    clock = new VirtualClock(System.nanoTime()); // as the clocks of guards
    timer = SweepTimer.byHand(clock);
    callbacks = new WorkerPool("callback", 1);
    group =
        new ConnectionGroup(
            config,
            timer,
            handler.getClass().getClassLoader(),
            new Workers(Runnable::run, callbacks));
    String subprotocol =
        config.subprotocols().stream()
            .filter(handshake.subprotocols()::contains)
            .findFirst()
            .orElse(null);
    connection =
        group.connect(
            transport,
            new AcceptedHandshake(
                handshake, subprotocol, null, handler, observer, handshake.attributes(), null));
  }

  /**
   * Opens a connection that the guards let in.
   *
   * @throws io.github.upgradehandler.HandshakeRefusedException if one does not
   */
  static TestConnection open(
      WebSocketConfig config, Handshake asked, Transport transport, WebSocketHandler handler) {
    Admission admission = Guard.inOrder(config.guards()).admit(asked);
    try {
      Handshake handshake = admission.principal().map(asked::withPrincipal).orElse(asked);
      FrameObserver observer = handler instanceof FrameObserver observing ? observing : null;
      TestConnection opened =
          new TestConnection(config, handshake, transport, admission.around(handler), observer);
      opened.socket().whenClosed().thenRun(admission::release);
      return opened;
    } catch (Throwable e) {
      admission.release();
      throw e;
    }
  }

  WebSocket socket() {
    return connection;
  }

  TransportListener listener() {
    return connection;
  }

  void advance(Duration time) {
    clock.advance(time);
    group.sweep();
  }

  @Override
  public void close() {
    timer.close();
    callbacks.shutdown();
  }
}
