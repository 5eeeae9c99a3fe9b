package io.github.upgradehandler.socketio.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.PacketType;
import java.util.Optional;

/** An event, as nodes tell each other. */
final class WirePacket {

  private static final int EVENT = 2;

  /** Emitters of old versions tell events with bytes apart. */
  private static final int BINARY_EVENT = 5;

  private WirePacket() {}

  static ObjectNode write(Packet packet) {
    ObjectNode written = JsonNodeFactory.instance.objectNode();
    written.put("type", EVENT);
    written.set("data", packet.data());
    written.put("nsp", packet.namespace());
    return written;
  }

  /** Nothing if it is no event of the namespace. */
  static Optional<Packet> read(JsonNode written, String namespace) {
    int type = written.path("type").asInt(-1);
    JsonNode data = written.path("data");
    JsonNode address = written.path("nsp");
    boolean event =
        (type == EVENT || type == BINARY_EVENT)
            && data.isArray()
            && (data.path(0).isTextual() || data.path(0).isNumber());
    boolean unnamed = address.isMissingNode() || address.isNull();
    boolean here = (unnamed ? "/" : address.asText()).equals(namespace);
    return event && here
        ? Optional.of(new Packet(PacketType.EVENT, namespace, null, data))
        : Optional.empty();
  }
}
