package io.github.upgradehandler.socketio.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.upgradehandler.socketio.LogEntry;
import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.SavedSession;
import io.github.upgradehandler.socketio.Targets;
import io.github.upgradehandler.socketio.internal.msgpack.Msgpack;
import java.io.IOException;
import java.util.Optional;

/** Entries of a namespace's log as MessagePack, in a format of our own. */
final class LogEntries {

  private static final String EVENT = "e";
  private static final String SESSION = "s";
  private static final String TAKEN = "t";
  private static final String GONE = "g";

  private final String namespace;
  private final ObjectMapper mapper;

  LogEntries(String namespace, ObjectMapper mapper) {
    this.namespace = namespace;
    this.mapper = mapper;
  }

  byte[] write(LogEntry entry) {
    ArrayNode written = JsonNodeFactory.instance.arrayNode();
    if (entry instanceof LogEntry.Event event) {
      written.add(EVENT).add(entry.node()).add(event.sequence());
      written.add(WirePacket.write(event.packet()));
      written.add(WireTargets.write(event.targets())).add(event.targets().local());
    } else if (entry instanceof LogEntry.Session known) {
      written.add(SESSION).add(entry.node()).add(session(known.session()));
    } else if (entry instanceof LogEntry.Taken taken) {
      written.add(TAKEN).add(entry.node()).add(taken.pid());
    } else if (entry instanceof LogEntry.Gone gone) {
      written.add(GONE).add(entry.node()).add(gone.pid());
    }
    return Msgpack.write(written);
  }

  private ObjectNode session(SavedSession session) {
    ObjectNode written =
        JsonNodeFactory.instance
            .objectNode()
            .put("sid", session.sid())
            .put("pid", session.pid())
            .put("since", session.since())
            .put("sent", session.sent());
    session.cut().ifPresent(place -> written.put("cut", place));
    written.set("rooms", WireTargets.names(session.rooms()));
    written.set("data", SocketData.write(mapper, session.data()));
    return written;
  }

  /**
   * Reads an entry.
   *
   * @throws IOException if it is none
   */
  LogEntry read(byte[] bytes) throws IOException {
    JsonNode entry = Msgpack.read(bytes);
    String node = entry.path(1).asText();
    switch (entry.path(0).asText()) {
      case EVENT -> {
        Optional<Packet> packet = WirePacket.read(entry.path(3), namespace);
        Targets targets = WireTargets.read(entry.path(4));
        if (packet.isPresent()) {
          return new LogEntry.Event(
              node,
              entry.path(2).asLong(),
              packet.get(),
              new Targets(
                  targets.rooms(),
                  targets.except(),
                  targets.volatileOnly(),
                  entry.path(5).asBoolean(),
                  targets.compress()));
        }
      }
      case SESSION -> {
        return new LogEntry.Session(node, session(node, entry.path(2)));
      }
      case TAKEN -> {
        return new LogEntry.Taken(node, entry.path(2).asText());
      }
      case GONE -> {
        return new LogEntry.Gone(node, entry.path(2).asText());
      }
      default -> {
        // Of a later version.
      }
    }
    throw new IOException("no entry: " + entry.path(0));
  }

  private SavedSession session(String node, JsonNode written) {
    return new SavedSession(
        node,
        written.path("sid").asText(),
        written.path("pid").asText(),
        WireTargets.names(written.path("rooms")),
        SocketData.read(mapper, written.path("data")),
        written.path("since").asText(),
        written.path("sent").asText(),
        written.has("cut") ? Optional.of(written.path("cut").asText()) : Optional.empty());
  }
}
