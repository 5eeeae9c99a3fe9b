package io.github.upgradehandler.internal.frame;

import org.jspecify.annotations.Nullable;

/** What a frame carries (section 5.2). */
public enum Opcode {
  /** The next fragment of a message. */
  CONTINUATION(0x0),
  /** A text message, or its first fragment. */
  TEXT(0x1),
  /** A binary message, or its first fragment. */
  BINARY(0x2),
  /** Section 5.5.1. */
  CLOSE(0x8),
  /** Section 5.5.2. */
  PING(0x9),
  /** Section 5.5.3. */
  PONG(0xA);

  /** Most bytes in the payload of a control frame (section 5.5). */
  public static final int MAX_CONTROL_PAYLOAD = 125;

  private static final @Nullable Opcode[] BY_CODE = new Opcode[16];

  static {
    for (Opcode opcode : values()) {
      BY_CODE[opcode.code] = opcode;
    }
  }

  private final int code;

  Opcode(int code) {
    this.code = code;
  }

  /** The opcode of a frame's first byte; null for the reserved ones, 3-7 and B-F. */
  static @Nullable Opcode ofFirstByte(int firstByte) {
    return BY_CODE[firstByte & 0xF];
  }

  /** The four bits on the wire. */
  public int code() {
    return code;
  }

  /** Close, ping and pong: at most 125 bytes and never fragmented (section 5.5). */
  public boolean isControl() {
    return code >= 0x8;
  }
}
