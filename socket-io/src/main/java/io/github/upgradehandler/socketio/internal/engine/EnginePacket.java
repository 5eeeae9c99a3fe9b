package io.github.upgradehandler.socketio.internal.engine;

import io.github.upgradehandler.PreparedMessage;
import java.nio.ByteBuffer;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * A packet of Engine.IO with text or bytes. What is made of it for the wire is kept, so that a
 * packet for many clients is encoded once. Thread-safe; the bytes must not be changed.
 */
public final class EnginePacket {

  /** The first byte of what is binary in version 3. */
  static final byte V3_MESSAGE = 4;

  private final EnginePacketType type;
  private final @Nullable String wire; // the digit of the type, and the text
  private final byte @Nullable [] bytes;
  private final boolean compressible;
  // Threads that race make equal values.
  private volatile @Nullable String base64;
  private volatile @Nullable PreparedMessage v4Message;
  private volatile @Nullable PreparedMessage v3Message;

  private EnginePacket(
      EnginePacketType type, @Nullable String wire, byte @Nullable [] bytes, boolean compressible) {
    this.type = type;
    this.wire = wire;
    this.bytes = bytes;
    this.compressible = compressible;
  }

  /** A packet with text, which may be empty. */
  public static EnginePacket of(EnginePacketType type, String text) {
    return new EnginePacket(type, type.digit() + text, null, true);
  }

  /** A packet without content. */
  static EnginePacket of(EnginePacketType type) {
    return of(type, "");
  }

  /**
   * A packet with text as it is on the wire, which is not copied.
   *
   * @param wire begins with the digit of a type
   * @throws MalformedPacketException if it does not
   */
  public static EnginePacket ofWire(String wire) {
    if (wire.isEmpty()) {
      throw new MalformedPacketException("empty Engine.IO packet");
    }
    return new EnginePacket(EnginePacketType.of(wire.charAt(0)), wire, null, true);
  }

  /** A message with text. */
  public static EnginePacket text(String text) {
    return of(EnginePacketType.MESSAGE, text);
  }

  /** A message with bytes, which are not copied. */
  public static EnginePacket binary(byte[] bytes) {
    return new EnginePacket(EnginePacketType.MESSAGE, null, bytes, true);
  }

  /** The same, but sent as it is where others are compressed. */
  public EnginePacket uncompressed() {
    return new EnginePacket(type, wire, bytes, false);
  }

  boolean isCompressible() {
    return compressible;
  }

  /** What it is. */
  public EnginePacketType type() {
    return type;
  }

  /** The text; empty if it has bytes. */
  public String text() {
    return wire == null ? "" : wire.substring(1);
  }

  /** The bytes; null if it has text. */
  public byte @Nullable [] bytes() {
    return bytes;
  }

  /** About how much memory it takes until it is sent. */
  public int weight() {
    return 64 + (wire != null ? wire.length() : bytes == null ? 0 : bytes.length);
  }

  /** As one message of a WebSocket. */
  PreparedMessage message(EngineProtocol protocol) {
    if (bytes != null && protocol == EngineProtocol.V3) {
      PreparedMessage known = v3Message;
      if (known == null) {
        byte[] framed = new byte[bytes.length + 1];
        framed[0] = V3_MESSAGE;
        System.arraycopy(bytes, 0, framed, 1, bytes.length);
        known = flagged(PreparedMessage.binary(ByteBuffer.wrap(framed)));
        v3Message = known;
      }
      return known;
    }
    PreparedMessage known = v4Message;
    if (known == null) {
      known =
          flagged(
              bytes == null
                  ? PreparedMessage.text(asText(protocol))
                  : PreparedMessage.binary(ByteBuffer.wrap(bytes)));
      v4Message = known;
    }
    return known;
  }

  private PreparedMessage flagged(PreparedMessage message) {
    return compressible ? message : message.uncompressed();
  }

  /** As text, in which bytes are Base64: without the type in version 4, with it in version 3. */
  String asText(EngineProtocol protocol) {
    if (bytes != null) {
      return (protocol == EngineProtocol.V3 ? "b4" : "b") + base64(bytes);
    }
    return wire == null ? "" : wire;
  }

  private String base64(byte[] content) {
    String known = base64;
    if (known == null) {
      known = Base64.getEncoder().encodeToString(content);
      base64 = known;
    }
    return known;
  }
}
