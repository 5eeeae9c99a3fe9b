package io.github.upgradehandler.socketio.internal.packet;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.PacketType;
import io.github.upgradehandler.socketio.internal.engine.MalformedPacketException;
import io.github.upgradehandler.socketio.internal.msgpack.Msgpack;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Makes a packet of each binary message. */
final class MessagePackReader implements PacketReader {

  private final int maxNameLength;

  MessagePackReader(int maxNameLength) {
    this.maxNameLength = maxNameLength;
  }

  @Override
  public Packet text(String text) {
    throw new MalformedPacketException("text where packets are MessagePack");
  }

  @Override
  public Packet binary(byte[] bytes) {
    JsonNode map = map(bytes);
    Packet packet =
        new Packet(type(map.path("type")), namespace(map.path("nsp")), id(map), data(map));
    PacketRules.check(packet, maxNameLength);
    return packet;
  }

  private static JsonNode map(byte[] bytes) {
    JsonNode map;
    try {
      map = Msgpack.read(bytes);
    } catch (IOException e) {
      throw new MalformedPacketException("packet that is no MessagePack, or nested too deeply");
    }
    if (!map.isObject()) {
      throw new MalformedPacketException("packet that is no map");
    }
    return map;
  }

  private static PacketType type(JsonNode type) {
    WireType wire =
        WireType.of(type.isIntegralNumber() && type.canConvertToInt() ? type.intValue() : -1);
    if (wire.isBinary()) {
      throw new MalformedPacketException("type of a Socket.IO packet with attachments");
    }
    return wire.type();
  }

  private String namespace(JsonNode name) {
    if (!name.isTextual() || !name.textValue().startsWith("/")) {
      throw new MalformedPacketException("packet without a namespace");
    }
    if (name.textValue().length() > maxNameLength) {
      throw new MalformedPacketException("name of a namespace over maxNameLength");
    }
    return name.textValue();
  }

  /** What JavaScript has not defined is null here. */
  private static @Nullable Long id(JsonNode map) {
    JsonNode id = map.path("id");
    if (id.isNull() || id.isMissingNode()) {
      return null;
    }
    if (!id.isIntegralNumber() || !id.canConvertToLong() || id.longValue() < 0) {
      throw new MalformedPacketException("id of an event that is no number");
    }
    return id.longValue();
  }

  private static @Nullable JsonNode data(JsonNode map) {
    JsonNode data = map.path("data");
    return data.isNull() || data.isMissingNode() ? null : data;
  }
}
