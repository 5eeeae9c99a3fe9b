package io.github.upgradehandler.socketio.internal.packet;

import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import java.util.List;

/** The format of clients without an option: JSON, and bytes as attachments. */
final class JsonCodec implements PacketCodec {

  @Override
  public List<EnginePacket> encode(Packet packet) {
    return PacketEncoder.encode(packet);
  }

  @Override
  public PacketReader reader(int maxNameLength) {
    return new PacketDecoder(maxNameLength);
  }
}
