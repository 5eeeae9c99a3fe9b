package io.github.upgradehandler.socketio;

/** How packets are written on the wire; the clients' option {@code parser} has to fit. */
public enum PacketFormat {
  /** As JSON, and bytes as attachments: that of clients without an option. */
  JSON,
  /**
   * As MessagePack, bytes in place: that of clients with npm's {@code socket.io-msgpack-parser},
   * such as the bundle {@code socket.io.msgpack.min.js}. Needs {@code org.msgpack:msgpack-core} on
   * the class path.
   */
  MESSAGE_PACK
}
