package io.github.upgradehandler.testkit;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.internal.work.WorkerPool;
import io.github.upgradehandler.internal.work.Workers;
import io.github.upgradehandler.spi.LiveConnection;
import io.github.upgradehandler.spi.Transport;
import io.github.upgradehandler.spi.TransportListener;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A connection of the library's, alone in its group, which has no thread and no clock of its own.
 */
final class TestConnection implements AutoCloseable {

  private final VirtualClock clock = new VirtualClock(System.nanoTime()); // as the clocks of guards
  private final SweepTimer timer = SweepTimer.byHand(clock);
  private final WorkerPool callbacks = new WorkerPool("callback", 1);
  private final ConnectionGroup group;
  private final LiveConnection connection;

  /**
   * Opens a connection that the guards let in.
   *
   * @param extension the server's end of what was agreed on, if anything
   * @throws io.github.upgradehandler.HandshakeRefusedException if one does not
   */
  TestConnection(
      WebSocketConfig config,
      Handshake asked,
      @Nullable Extension extension,
      Transport transport,
      WebSocketHandler handler) {
    group =
        new ConnectionGroup(
            config,
            timer,
            handler.getClass().getClassLoader(),
            new Workers(Runnable::run, callbacks));
    try {
      connection = group.open(transport, asked, extension, handshake -> handler);
    } catch (Throwable e) {
      close();
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
