package io.github.upgradehandler.testkit;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.connection.AcceptedHandshake;
import io.github.upgradehandler.internal.connection.Admitted;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.ParsedOpening;
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

  private TestConnection(WebSocketConfig config, Transport transport, AcceptedHandshake accepted) {
    clock = new VirtualClock(System.nanoTime()); // as the clocks of guards
    timer = SweepTimer.byHand(clock);
    callbacks = new WorkerPool("callback", 1);
    group =
        new ConnectionGroup(
            config,
            timer,
            accepted.handler().getClass().getClassLoader(),
            new Workers(Runnable::run, callbacks));
    connection = group.connect(transport, accepted);
  }

  /**
   * Opens a connection that the guards let in.
   *
   * @param extension the server's end of what was agreed on, if anything
   * @throws io.github.upgradehandler.HandshakeRefusedException if one does not
   */
  static TestConnection open(
      WebSocketConfig config,
      Handshake asked,
      @Nullable Extension extension,
      Transport transport,
      WebSocketHandler handler) {
    String subprotocol =
        ParsedOpening.chooseSubprotocol(config.subprotocols(), asked.subprotocols()).orElse(null);
    Admitted admitted =
        Admitted.by(config.guards(), asked.toBuilder().subprotocol(subprotocol).build());
    Admission admission = admitted.admission();
    try {
      WebSocketHandler surrounded = admitted.around(handler);
      Handshake handshake = admitted.handshake();
      TestConnection opened =
          new TestConnection(
              config,
              transport,
              new AcceptedHandshake(
                  handshake,
                  subprotocol,
                  extension,
                  surrounded,
                  Admitted.observer(surrounded, handler),
                  handshake.attributes(),
                  null));
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
