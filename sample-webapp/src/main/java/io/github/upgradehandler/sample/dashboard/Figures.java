package io.github.upgradehandler.sample.dashboard;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.LogFraming;
import io.github.upgradehandler.room.LogSubscriber;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.log.Retention;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The figures of this process, and the log of their changes: as long as the page's plot shows.
 *
 * <pre>
 * all      {position, at, data, lost}  what they are at a position; lost: why, to one that missed
 *                                      changes which are not kept
 * changes  {position, at, data}        in order; at: when, in milliseconds since 1970
 * </pre>
 */
final class Figures {

  /** Of 30 s. */
  private static final Retention KEPT = new Retention(300, 1 << 20, Duration.ofMinutes(1));

  private static final Duration GOES_ON = Duration.ofSeconds(30);
  private static final Gson JSON = new Gson();

  private final Metrics metrics = new Metrics();
  private final Map<String, Double> published = new TreeMap<>();
  private final Room room;
  private long viewedAt = Long.MIN_VALUE;

  /**
   * What the log's messages make. Used only by calls of the log, of which one comes after another.
   */
  private final JsonObject state = new JsonObject();

  Figures() {
    // The figures are of this process, and so is their log.
    room =
        Rooms.builder()
            .logged(name -> true, Engine.inMemory(), KEPT, new Framing())
            .build()
            .room("dashboard");
    room.subscribe(new State());
  }

  Room room() {
    return room;
  }

  /** Publishes what has changed, as long as anyone looks on or may come back. */
  synchronized void publishChanges() {
    long now = System.currentTimeMillis();
    if (room.size() > 0) {
      viewedAt = now;
    } else if (viewedAt < now - GOES_ON.toMillis()) {
      return;
    }
    Map<String, Double> changes = new TreeMap<>();
    Map<String, Double> read = metrics.read();
    read.put("viewers", (double) room.size());
    read.forEach(
        (name, value) -> {
          if (!value.equals(published.put(name, value))) {
            changes.put(name, value);
          }
        });
    if (!changes.isEmpty()) {
      JsonObject batch = new JsonObject();
      batch.addProperty("at", now);
      batch.add("data", JSON.toJsonTree(changes));
      room.publish(PreparedMessage.text(JSON.toJson(batch))).thenAccept(this::published);
    }
  }

  /** What nobody has got is a change again. */
  private synchronized void published(Published outcome) {
    if (!(outcome instanceof Published.Appended)) {
      published.clear();
    }
  }

  private static JsonObject parse(PreparedMessage message) {
    return JSON.fromJson(UTF_8.decode(message.payload()).toString(), JsonObject.class);
  }

  private final class State implements LogSubscriber {

    @Override
    public void onAttached(Position position) {}

    @Override
    public void onMessage(Position position, PreparedMessage message) {
      for (Map.Entry<String, JsonElement> change :
          parse(message).getAsJsonObject("data").entrySet()) {
        state.add(change.getKey(), change.getValue());
      }
    }

    /** Each figure that has changed comes again soon. */
    @Override
    public void onLost(Lost lost) {}
  }

  private final class Framing implements LogFraming {

    @Override
    public PreparedMessage message(String name, Position position, PreparedMessage message) {
      return event("changes", position, parse(message));
    }

    @Override
    public PreparedMessage lost(String name, Lost lost) {
      return all(lost.position(), lost.reason());
    }

    @Override
    public PreparedMessage joined(String name, Position position) {
      return all(position, null);
    }

    private PreparedMessage all(Position position, Lost.@Nullable Reason lost) {
      JsonObject all = new JsonObject();
      all.addProperty("at", System.currentTimeMillis());
      all.add("data", state);
      if (lost != null) {
        all.addProperty("lost", lost.name());
      }
      return event("all", position, all);
    }

    private static PreparedMessage event(String type, Position position, JsonObject event) {
      event.addProperty("type", type);
      event.addProperty("position", position.toString());
      return PreparedMessage.text(JSON.toJson(event));
    }
  }
}
