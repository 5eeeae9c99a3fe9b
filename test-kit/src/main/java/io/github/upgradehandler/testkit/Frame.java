package io.github.upgradehandler.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A frame that the server sent (RFC 6455 section 5.2). As text it reads {@code text hello}, {@code
 * close 1000 bye}, {@code binary 00ff}, {@code binary of 70000 bytes}; three dots follow what is
 * not final. Immutable.
 */
public final class Frame {

  /** Kinds of frames, by opcode. */
  public enum Kind {
    /** The next fragment of a message. */
    CONTINUATION(0),
    /** A text message, or its first fragment. */
    TEXT(1),
    /** A binary message, or its first fragment. */
    BINARY(2),
    /** The Close frame. */
    CLOSE(8),
    /** A ping. */
    PING(9),
    /** A pong. */
    PONG(10);

    private final int opcode;

    Kind(int opcode) {
      this.opcode = opcode;
    }

    int opcode() {
      return opcode;
    }

    /** Whether it carries a message, or a fragment of one. */
    boolean isData() {
      return opcode < CLOSE.opcode;
    }
  }

  private static final int LONGEST_SHOWN = 40;
  private static final int NO_CODE = 1005;

  private final Kind kind;
  private final boolean fin;
  private final boolean compressed;
  private final byte[] payload;

  Frame(Kind kind, boolean fin, boolean compressed, byte[] payload) {
    this.kind = kind;
    this.fin = fin;
    this.compressed = compressed;
    this.payload = payload;
  }

  /** The kind, by opcode. */
  public Kind kind() {
    return kind;
  }

  /** Whether the message ends with this frame. */
  public boolean isFinal() {
    return fin;
  }

  /**
   * Whether the message that it is, or is a fragment of, was sent compressed (RFC 7692): {@link
   * #payload} is its original all the same.
   */
  public boolean isCompressed() {
    return compressed;
  }

  /** The payload, as a new array. */
  public byte[] payload() {
    return payload.clone();
  }

  /** The payload as UTF-8. */
  public String text() {
    return new String(payload, UTF_8);
  }

  /** The status code of a Close frame; 1005 if it has none. */
  public int closeCode() {
    return payload.length == 0 ? NO_CODE : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
  }

  /** The reason of a Close frame; empty if it has none. */
  public String closeReason() {
    return payload.length == 0 ? "" : new String(payload, 2, payload.length - 2, UTF_8);
  }

  @Override
  public String toString() {
    String name = kind.name().toLowerCase(Locale.ROOT);
    return (name + content()).stripTrailing() + (fin ? "" : "...");
  }

  private String content() {
    if (kind == Kind.CLOSE && payload.length > 0) {
      return " " + closeCode() + " " + closeReason();
    }
    if (payload.length > LONGEST_SHOWN) {
      return " of " + payload.length + " bytes";
    }
    return " " + (isPrintable() ? text() : HexFormat.of().formatHex(payload));
  }

  private boolean isPrintable() {
    for (byte b : payload) {
      if (b < ' ' || b > '~') {
        return false;
      }
    }
    return true;
  }
}
