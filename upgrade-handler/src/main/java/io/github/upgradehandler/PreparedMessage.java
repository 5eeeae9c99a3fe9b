package io.github.upgradehandler;

import io.github.upgradehandler.internal.message.SharedFrames;
import io.github.upgradehandler.internal.message.TextEncoding;
import java.nio.ByteBuffer;

/**
 * A message that is encoded once and sent to many connections. Immutable; may be kept and sent from
 * any thread, any number of times.
 */
public final class PreparedMessage {

  static {
    SharedFrames.setAccess(message -> message.frames);
  }

  private final boolean text;
  private final byte[] payload;
  private final boolean compressible;
  private final SharedFrames frames = new SharedFrames();

  private PreparedMessage(boolean text, byte[] payload, boolean compressible) {
    this.text = text;
    this.payload = payload;
    this.compressible = compressible;
  }

  /**
   * A text message.
   *
   * @throws IllegalArgumentException if the text holds an unpaired surrogate
   */
  public static PreparedMessage text(String text) {
    return new PreparedMessage(true, TextEncoding.encode(text), true);
  }

  /** A binary message; position to limit are copied, the buffer's state does not change. */
  public static PreparedMessage binary(ByteBuffer payload) {
    byte[] copy = new byte[payload.remaining()];
    payload.get(payload.position(), copy);
    return new PreparedMessage(false, copy, true);
  }

  /**
   * The same message, but sent as it is also where messages are compressed: for what is compressed
   * already, or a secret beside what an attacker may choose, which the length would tell of.
   */
  public PreparedMessage uncompressed() {
    return compressible ? new PreparedMessage(text, payload, false) : this;
  }

  /** Whether it is compressed where messages are. */
  public boolean isCompressible() {
    return compressible;
  }

  /** Whether this is a text message. */
  public boolean isText() {
    return text;
  }

  /** The bytes of the payload. */
  public int length() {
    return payload.length;
  }

  /** The payload, read-only; text in UTF-8. */
  public ByteBuffer payload() {
    return ByteBuffer.wrap(payload).asReadOnlyBuffer();
  }

  /** Its kind and length, and nothing of its content. */
  @Override
  public String toString() {
    return (text ? "text" : "binary") + " message of " + payload.length + " bytes";
  }
}
