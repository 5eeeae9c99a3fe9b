package io.github.upgradehandler.socketio.internal.packet;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import io.github.upgradehandler.socketio.internal.engine.EnginePacketType;
import java.util.ArrayList;
import java.util.List;

/** Makes of a packet the messages that carry it, between which nothing may come. */
final class PacketEncoder {

  /** Clients take no more since socket.io-parser 4.2.6 (CVE-2026-33151). */
  static final int MOST_ATTACHMENTS = 10;

  private PacketEncoder() {}

  /**
   * The packet as text, and its attachments.
   *
   * @throws IllegalArgumentException if there are more than {@link #MOST_ATTACHMENTS}
   */
  static List<EnginePacket> encode(Packet packet) {
    JsonNode data = packet.data();
    List<byte[]> attachments = new ArrayList<>();
    boolean binary = data != null && WireType.mayBeBinary(packet.type()) && Attachments.isIn(data);
    if (data != null && binary) {
      data = Attachments.takeOut(data, attachments);
      if (attachments.size() > MOST_ATTACHMENTS) {
        throw new IllegalArgumentException(
            attachments.size()
                + " values of bytes in one packet: clients take at most "
                + MOST_ATTACHMENTS);
      }
    }
    StringBuilder text = new StringBuilder();
    text.append(EnginePacketType.MESSAGE.digit());
    text.append(WireType.of(packet.type(), binary).digit());
    if (binary) {
      text.append(attachments.size()).append('-');
    }
    if (!packet.namespace().equals("/")) {
      text.append(packet.namespace()).append(',');
    }
    if (packet.id() != null) {
      text.append(packet.id());
    }
    if (data != null) {
      text.append(PacketJson.write(data));
    }
    EnginePacket message = EnginePacket.ofWire(text.toString());
    if (attachments.isEmpty()) {
      return List.of(message);
    }
    List<EnginePacket> encoded = new ArrayList<>(1 + attachments.size());
    encoded.add(message);
    attachments.forEach(bytes -> encoded.add(EnginePacket.binary(bytes)));
    return List.copyOf(encoded);
  }
}
