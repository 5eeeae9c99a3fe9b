package io.github.upgradehandler.socketio.internal.packet;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.PacketType;
import io.github.upgradehandler.socketio.internal.engine.MalformedPacketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Makes packets of what one client sends, in the form {@code <type>[<n>-][/namespace,][id][json]}
 * and then {@code n} attachments. Not thread-safe.
 */
public final class PacketDecoder {

  /** Names of events that a client must not send: the libraries use them for themselves. */
  public static final Set<String> RESERVED_EVENTS =
      Set.of(
          "connect",
          "connect_error",
          "disconnect",
          "disconnecting",
          "newListener",
          "removeListener");

  /** So many digits fit what a JavaScript client counts with. */
  private static final int MOST_ID_DIGITS = 15;

  private final int maxNameLength;
  private final List<byte[]> attachments = new ArrayList<>();
  private @Nullable Packet incomplete;
  private int expected;

  /**
   * A decoder for one client.
   *
   * @param maxNameLength of namespaces, with their query, and of events, in UTF-16 units
   */
  public PacketDecoder(int maxNameLength) {
    this.maxNameLength = maxNameLength;
  }

  /**
   * The next message with text.
   *
   * @return the packet; null if its attachments are still to come
   * @throws MalformedPacketException if it is no packet, or one that a client must not send
   */
  public @Nullable Packet text(String text) {
    if (incomplete != null) {
      throw new MalformedPacketException("text where an attachment is to come");
    }
    PacketText reader = new PacketText(text, maxNameLength);
    WireType wire = reader.type();
    int count = wire.isBinary() ? reader.attachments() : 0;
    String namespace = reader.namespace();
    Long id = reader.id(MOST_ID_DIGITS);
    JsonNode data = reader.data();
    Packet packet = new Packet(wire.type(), namespace, id, data);
    check(packet);
    if (count == 0) {
      return packet;
    }
    incomplete = packet;
    expected = count;
    return null;
  }

  /**
   * The next message with bytes, which are not copied.
   *
   * @return the packet; null if more attachments are to come
   * @throws MalformedPacketException if none was to come
   */
  public @Nullable Packet binary(byte[] bytes) {
    Packet packet = incomplete;
    if (packet == null || packet.data() == null) {
      throw new MalformedPacketException("attachment that no packet has announced");
    }
    attachments.add(bytes);
    if (attachments.size() < expected) {
      return null;
    }
    JsonNode whole = Attachments.putIn(packet.data(), List.copyOf(attachments));
    incomplete = null;
    attachments.clear();
    return new Packet(packet.type(), packet.namespace(), packet.id(), whole);
  }

  private void check(Packet packet) {
    JsonNode data = packet.data();
    boolean valid =
        switch (packet.type()) {
          case CONNECT -> data == null || data.isObject();
          case DISCONNECT -> data == null;
          case EVENT -> data != null && data.isArray() && isEventName(data.get(0));
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

  private boolean isEventName(@Nullable JsonNode name) {
    if (name == null) {
      return false;
    }
    return name.isNumber()
        || (name.isTextual()
            && name.textValue().length() <= maxNameLength
            && !RESERVED_EVENTS.contains(name.textValue()));
  }
}
