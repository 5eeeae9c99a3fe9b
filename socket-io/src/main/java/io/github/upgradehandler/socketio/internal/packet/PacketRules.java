package io.github.upgradehandler.socketio.internal.packet;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.PacketType;
import io.github.upgradehandler.socketio.internal.engine.MalformedPacketException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What clients may send, in whichever format. */
public final class PacketRules {

  /** Names of events that must not be sent: the libraries use them for themselves. */
  public static final Set<String> RESERVED_EVENTS =
      Set.of(
          "connect",
          "connect_error",
          "disconnect",
          "disconnecting",
          "newListener",
          "removeListener");

  private PacketRules() {}

  /**
   * Checks a packet of a client.
   *
   * @param maxNameLength of events, in UTF-16 units
   * @throws MalformedPacketException if a client must not send it
   */
  static void check(Packet packet, int maxNameLength) {
    JsonNode data = packet.data();
    boolean valid =
        switch (packet.type()) {
          case CONNECT -> data == null || data.isObject();
          case DISCONNECT -> data == null;
          case EVENT -> data != null && data.isArray() && isEventName(data.get(0), maxNameLength);
          case ACK -> data != null && data.isArray();
          case CONNECT_ERROR -> false;
        };
    if (!valid) {
      throw new MalformedPacketException(
          packet.type() == PacketType.CONNECT_ERROR
              ? "CONNECT_ERROR from a client"
              : "content that a packet " + packet.type() + " must not have");
    }
  }

  private static boolean isEventName(@Nullable JsonNode name, int maxNameLength) {
    if (name == null) {
      return false;
    }
    return name.isNumber()
        || (name.isTextual()
            && name.textValue().length() <= maxNameLength
            && !RESERVED_EVENTS.contains(name.textValue()));
  }
}
