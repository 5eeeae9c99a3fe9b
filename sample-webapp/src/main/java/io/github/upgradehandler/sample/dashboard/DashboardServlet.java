package io.github.upgradehandler.sample.dashboard;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.sample.Heartbeat;
import io.github.upgradehandler.sample.Seen;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.servlet.ServletException;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends all figures to whoever comes, and from then on, every 100 ms, those that have changed: one
 * message for all who look on. Who comes back with the position of its last message, as the query
 * parameter {@code seen}, gets the changes that it missed.
 */
public final class DashboardServlet extends WebSocketServlet {

  private static final int BATCH_MILLIS = 100;

  private final transient Figures figures = new Figures();
  private transient @Nullable ScheduledExecutorService timer;
  private transient @Nullable Future<?> sending;

  @Override
  public void init() throws ServletException {
    super.init();
    ScheduledExecutorService batches =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread thread = new Thread(task, "dashboard");
              thread.setDaemon(true);
              return thread;
            });
    timer = batches;
    sending =
        batches.scheduleAtFixedRate(
            figures::publishChanges, BATCH_MILLIS, BATCH_MILLIS, TimeUnit.MILLISECONDS);
  }

  @Override
  public void destroy() {
    if (sending != null) {
      sending.cancel(false);
    }
    if (timer != null) {
      timer.shutdownNow();
    }
    super.destroy();
  }

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    Optional<Position> seen = Seen.in(handshake);
    return new WebSocketHandler() {
      @Override
      public void onOpen(WebSocket socket) {
        Room room = figures.room();
        seen.ifPresentOrElse(position -> room.resume(socket, position), () -> room.join(socket));
      }

      @Override
      public void onText(WebSocket socket, String text) {
        Heartbeat.answered(socket, text);
      }
    };
  }
}
