package io.github.upgradehandler.socketio.internal.packet;

import io.github.upgradehandler.socketio.Packet;
import org.jspecify.annotations.Nullable;

/** Makes packets of the messages of one client. Not thread-safe. */
public interface PacketReader {

  /**
   * The next message with text.
   *
   * @return the packet; null if its attachments are still to come
   * @throws io.github.upgradehandler.socketio.internal.engine.MalformedPacketException if it is no
   *     packet, or one that a client must not send
   */
  @Nullable Packet text(String text);

  /**
   * The next message with bytes, which are not copied.
   *
   * @return the packet; null if more attachments are to come
   * @throws io.github.upgradehandler.socketio.internal.engine.MalformedPacketException if none was
   *     to come, it is no packet, or one that a client must not send
   */
  @Nullable Packet binary(byte[] bytes);
}
