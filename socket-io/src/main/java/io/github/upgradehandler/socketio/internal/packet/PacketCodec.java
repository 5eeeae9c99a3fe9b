package io.github.upgradehandler.socketio.internal.packet;

import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.PacketFormat;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import java.util.List;

/** Writes and reads packets in one format. Thread-safe. */
public interface PacketCodec {

  /**
   * The codec of a format.
   *
   * @throws IllegalStateException if a library that it needs is not there; names it
   */
  static PacketCodec of(PacketFormat format) {
    return switch (format) {
      case JSON -> new JsonCodec();
      case MESSAGE_PACK -> MessagePackCodec.create();
    };
  }

  /**
   * The messages that carry a packet, between which nothing may come.
   *
   * @throws IllegalArgumentException if the packet cannot be written in this format
   */
  List<EnginePacket> encode(Packet packet);

  /**
   * What makes packets of what one client sends.
   *
   * @param maxNameLength of namespaces, with their query, and of events, in UTF-16 units
   */
  PacketReader reader(int maxNameLength);
}
