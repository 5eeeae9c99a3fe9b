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
  private final @Nullable String text;
  private final byte @Nullable [] bytes;
  // Threads that race make equal values.
  private volatile @Nullable String encoded;
  private volatile @Nullable PreparedMessage v4Message;
  private volatile @Nullable PreparedMessage v3Message;

  private EnginePacket(EnginePacketType type, @Nullable String text, byte @Nullable [] bytes) {
    this.type = type;
    this.text = text;
    this.bytes = bytes;
  }

  /** A packet with text, which may be empty. */
  public static EnginePacket of(EnginePacketType type, String text) {
    return new EnginePacket(type, text, null);
  }

  /** A packet without content. */
  static EnginePacket of(EnginePacketType type) {
    return of(type, "");
  }

  /** A message with text. */
  public static EnginePacket text(String text) {
    return of(EnginePacketType.MESSAGE, text);
  }

  /** A message with bytes, which are not copied. */
  public static EnginePacket binary(byte[] bytes) {
    return new EnginePacket(EnginePacketType.MESSAGE, null, bytes);
  }

  /** What it is. */
  public EnginePacketType type() {
    return type;
  }

  /** The text; empty if it has bytes. */
  public String text() {
    return text == null ? "" : text;
  }

  /** The bytes; null if it has text. */
  public byte @Nullable [] bytes() {
    return bytes;
  }

  /** About how much memory it takes until it is sent. */
  int weight() {
    return 64 + (bytes == null ? text().length() : bytes.length);
  }

  /** As one message of a WebSocket. */
  PreparedMessage message(EngineProtocol protocol) {
    if (bytes != null && protocol == EngineProtocol.V3) {
      PreparedMessage known = v3Message;
      if (known == null) {
        byte[] framed = new byte[bytes.length + 1];
        framed[0] = V3_MESSAGE;
        System.arraycopy(bytes, 0, framed, 1, bytes.length);
        known = PreparedMessage.binary(ByteBuffer.wrap(framed));
        v3Message = known;
      }
      return known;
    }
    PreparedMessage known = v4Message;
    if (known == null) {
      known =
          bytes == null
              ? PreparedMessage.text(asText(protocol))
              : PreparedMessage.binary(ByteBuffer.wrap(bytes));
      v4Message = known;
    }
    return known;
  }

  /** As text, in which bytes are Base64: without the type in version 4, with it in version 3. */
  String asText(EngineProtocol protocol) {
    if (bytes != null) {
      String base64 = base64(bytes);
      return protocol == EngineProtocol.V3 ? "b4" + base64 : "b" + base64;
    }
    String known = encoded;
    if (known == null) {
      known = type.digit() + text();
      encoded = known;
    }
    return known;
  }

  private String base64(byte[] content) {
    String known = encoded;
    if (known == null) {
      known = Base64.getEncoder().encodeToString(content);
      encoded = known;
    }
    return known;
  }
}
