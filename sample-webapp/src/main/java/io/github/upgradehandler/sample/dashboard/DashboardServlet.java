package io.github.upgradehandler.sample.dashboard;

import com.google.gson.Gson;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.sample.Heartbeat;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.servlet.ServletException;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Sends all figures to whoever comes, and from then on, every 100 ms, those that have changed: one
 * message for all who look on.
 */
public final class DashboardServlet extends WebSocketServlet {

  private static final int BATCH_MILLIS = 100;
  private static final Gson JSON = new Gson();

  private final transient Room room = new Rooms().room("dashboard");
  private final transient Metrics metrics = new Metrics();
  private final transient Map<String, Double> sent = new TreeMap<>();
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
            this::sendChanges, BATCH_MILLIS, BATCH_MILLIS, TimeUnit.MILLISECONDS);
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
    return new WebSocketHandler() {
      @Override
      public void onOpen(WebSocket socket) {
        // Under the lock: everyone gets each change once, after the state that it changes.
        synchronized (sent) {
          socket.send(event("all", sent));
          room.join(socket);
        }
      }

      @Override
      public void onText(WebSocket socket, String text) {
        Heartbeat.answered(socket, text);
      }
    };
  }

  private void sendChanges() {
    synchronized (sent) {
      Map<String, Double> changes = new TreeMap<>();
      if (room.size() > 0) {
        Map<String, Double> now = metrics.read();
        now.put("viewers", (double) room.size());
        now.forEach(
            (name, value) -> {
              if (!value.equals(sent.put(name, value))) {
                changes.put(name, value);
              }
            });
      }
      if (!changes.isEmpty()) {
        room.send(event("changes", changes));
      }
    }
  }

  private static PreparedMessage event(String type, Map<String, Double> data) {
    return PreparedMessage.text(JSON.toJson(Map.of("type", type, "data", data)));
  }
}
