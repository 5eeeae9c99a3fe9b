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
  private final SharedFrames frames = new SharedFrames();

  private PreparedMessage(boolean text, byte[] payload) {
    this.text = text;
    this.payload = payload;
  }

  /**
   * A text message.
   *
   * @throws IllegalArgumentException if the text holds an unpaired surrogate
   */
  public static PreparedMessage text(String text) {
    return new PreparedMessage(true, TextEncoding.encode(text));
  }

  /** A binary message; position to limit are copied, the buffer's state does not change. */
  public static PreparedMessage binary(ByteBuffer payload) {
    byte[] copy = new byte[payload.remaining()];
    payload.get(payload.position(), copy);
    return new PreparedMessage(false, copy);
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
