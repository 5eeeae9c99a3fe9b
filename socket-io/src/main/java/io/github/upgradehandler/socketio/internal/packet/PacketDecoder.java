package io.github.upgradehandler.socketio.internal.packet;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.internal.engine.MalformedPacketException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes packets of what one client sends, in the form {@code <type>[<n>-][/namespace,][id][json]}
 * and then {@code n} attachments. Not thread-safe.
 */
final class PacketDecoder implements PacketReader {

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
  PacketDecoder(int maxNameLength) {
    this.maxNameLength = maxNameLength;
  }

  @Override
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
    PacketRules.check(packet, maxNameLength);
    if (count == 0) {
      return packet;
    }
    incomplete = packet;
    expected = count;
    return null;
  }

  @Override
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
}
