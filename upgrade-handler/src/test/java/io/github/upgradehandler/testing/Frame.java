package io.github.upgradehandler.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.internal.frame.Opcode;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Locale;

/**
 * A frame that the server sent. As text it reads {@code text hello}, {@code close 1000 bye}, {@code
 * binary 00ff}, {@code binary of 70000 bytes}; three dots follow what is not final.
 */
public final class Frame {

  private static final int LONGEST_SHOWN = 40;

  private final Opcode opcode;
  private final boolean fin;
  private final byte[] payload;

  Frame(Opcode opcode, boolean fin, byte[] payload) {
    this.opcode = opcode;
    this.fin = fin;
    this.payload = payload;
  }

  public Opcode opcode() {
    return opcode;
  }

  public byte[] payload() {
    return payload;
  }

  public String text() {
    return new String(payload, UTF_8);
  }

  /** The status code of a Close frame; 1005 if it has none. */
  public int closeCode() {
    return payload.length == 0 ? 1005 : ByteBuffer.wrap(payload).getShort() & 0xFFFF;
  }

  @Override
  public String toString() {
    String name = opcode.name().toLowerCase(Locale.ROOT);
    return (name + content()).stripTrailing() + (fin ? "" : "...");
  }

  private String content() {
    if (opcode == Opcode.CLOSE && payload.length > 0) {
      return " " + closeCode() + " " + new String(payload, 2, payload.length - 2, UTF_8);
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
