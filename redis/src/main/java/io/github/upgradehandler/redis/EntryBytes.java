package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.log.Entry;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * Entries as they stand in a stream and are pushed: version, flags, lengths of node and sender,
 * sequence, length of the payload (which the script reads at this place), node, sender, payload.
 */
final class EntryBytes {

  private static final byte VERSION = 1;
  private static final byte TEXT = 1;
  private static final int HEAD = 18;

  private EntryBytes() {}

  static byte[] encode(Entry entry) {
    byte[] node = entry.node().getBytes(UTF_8);
    byte[] sender = entry.sender().getBytes(UTF_8);
    PreparedMessage message = entry.message();
    return ByteBuffer.allocate(HEAD + node.length + sender.length + message.length())
        .put(VERSION)
        .put(message.isText() ? TEXT : 0)
        .putShort((short) node.length)
        .putShort((short) sender.length)
        .putLong(entry.sequence())
        .putInt(message.length())
        .put(node)
        .put(sender)
        .put(message.payload())
        .array();
  }

  /**
   * One after another to the end.
   *
   * @throws IllegalArgumentException if they are not what {@link #encode} makes
   */
  static List<Entry> decodeAll(ByteBuffer bytes) {
    List<Entry> entries = new ArrayList<>();
    try {
      while (bytes.hasRemaining()) {
        entries.add(decode(bytes));
      }
    } catch (BufferUnderflowException e) {
      throw new IllegalArgumentException("an entry is cut off", e);
    }
    return entries;
  }

  private static Entry decode(ByteBuffer bytes) {
    byte version = bytes.get();
    if (version != VERSION) {
      throw new IllegalArgumentException("an entry has version " + version);
    }
    boolean text = bytes.get() == TEXT;
    int nodeLength = bytes.getShort() & 0xffff;
    int senderLength = bytes.getShort() & 0xffff;
    long sequence = bytes.getLong();
    int length = bytes.getInt();
    String node = UTF_8.decode(take(bytes, nodeLength)).toString();
    String sender = UTF_8.decode(take(bytes, senderLength)).toString();
    return new Entry(node, sequence, sender, message(text, take(bytes, length)));
  }

  /** The next so many bytes. */
  static ByteBuffer take(ByteBuffer bytes, int length) {
    if (length < 0 || length > bytes.remaining()) {
      throw new BufferUnderflowException();
    }
    ByteBuffer part = bytes.slice(bytes.position(), length);
    bytes.position(bytes.position() + length);
    return part;
  }

  static PreparedMessage message(boolean text, ByteBuffer payload) {
    return text
        ? PreparedMessage.text(UTF_8.decode(payload).toString())
        : PreparedMessage.binary(payload);
  }
}
