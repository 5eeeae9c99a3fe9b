package io.github.upgradehandler.socketio.internal.packet;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import io.github.upgradehandler.socketio.internal.msgpack.Msgpack;
import java.util.List;

/** The format of npm's socket.io-msgpack-parser: a packet is one map, in one binary message. */
final class MessagePackCodec implements PacketCodec {

  private MessagePackCodec() {}

  static PacketCodec create() {
    try {
      Class.forName("org.msgpack.core.MessagePack");
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(
          "the option parser is MESSAGE_PACK, which needs org.msgpack:msgpack-core", e);
    }
    return new MessagePackCodec();
  }

  @Override
  public List<EnginePacket> encode(Packet packet) {
    ObjectNode map = JsonNodeFactory.instance.objectNode();
    map.put("type", WireType.of(packet.type(), false).number());
    map.put("nsp", packet.namespace());
    if (packet.data() != null) {
      map.set("data", packet.data());
    }
    if (packet.id() != null) {
      map.put("id", packet.id());
    }
    return List.of(EnginePacket.binary(Msgpack.write(map)));
  }

  @Override
  public PacketReader reader(int maxNameLength) {
    return new MessagePackReader(maxNameLength);
  }
}
