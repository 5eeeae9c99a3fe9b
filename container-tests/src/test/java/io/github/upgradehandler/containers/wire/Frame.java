package io.github.upgradehandler.containers.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;

/** A frame as it came from the server. */
public final class Frame {

  public static final int CONTINUATION = 0;
  public static final int TEXT = 1;
  public static final int BINARY = 2;
  public static final int CLOSE = 8;
  public static final int PING = 9;
  public static final int PONG = 10;

  private final int opcode;
  private final byte[] payload;

  Frame(int opcode, byte[] payload) {
    this.opcode = opcode;
    this.payload = payload;
  }

  public int opcode() {
    return opcode;
  }

  public byte[] payload() {
    return payload;
  }

  public String text() {
    return new String(payload, UTF_8);
  }

  /** The status of a Close frame; 1005 if it has none. */
  public int status() {
    if (opcode != CLOSE) {
      throw new AssertionError("not a Close frame: " + this);
    }
    return payload.length == 0 ? 1005 : ByteBuffer.wrap(payload).getChar();
  }

  @Override
  public String toString() {
    return (opcode < 3 ? "data " : "control ") + opcode + ", " + payload.length + " bytes";
  }
}
