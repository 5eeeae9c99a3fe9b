package io.github.upgradehandler.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/**
 * Frames of a client as bytes, right or wrong (RFC 6455 section 5.2). The masking key is 00000000,
 * so that a payload stands in them as it is.
 */
public final class ClientBytes {

  static final int FIN = 0x80;

  private static final int MASK = 0x80;
  private static final int LENGTH_16 = 126;
  private static final int LENGTH_64 = 127;

  private ClientBytes() {}

  /** A text message. */
  public static byte[] text(String text) {
    return frame(FIN | Frame.Kind.TEXT.opcode(), text.getBytes(UTF_8));
  }

  /** A binary message. */
  public static byte[] binary(byte[] payload) {
    return frame(FIN | Frame.Kind.BINARY.opcode(), payload);
  }

  /** A ping. */
  public static byte[] ping(String payload) {
    return frame(FIN | Frame.Kind.PING.opcode(), payload.getBytes(UTF_8));
  }

  /** A pong. */
  public static byte[] pong(byte[] payload) {
    return frame(FIN | Frame.Kind.PONG.opcode(), payload);
  }

  /** A Close frame without a status. */
  public static byte[] close() {
    return frame(FIN | Frame.Kind.CLOSE.opcode(), new byte[0]);
  }

  /**
   * A Close frame.
   *
   * @param code from 0 to 65535
   */
  public static byte[] close(int code, String reason) {
    byte[] bytes = reason.getBytes(UTF_8);
    return frame(
        FIN | Frame.Kind.CLOSE.opcode(),
        ByteBuffer.allocate(2 + bytes.length).putShort((short) code).put(bytes).array());
  }

  /**
   * A fragment of a message.
   *
   * @param kind {@link Frame.Kind#TEXT} or {@link Frame.Kind#BINARY} for the first, {@link
   *     Frame.Kind#CONTINUATION} for others
   * @param last whether the message ends with it
   */
  public static byte[] fragment(Frame.Kind kind, boolean last, byte[] payload) {
    return frame((last ? FIN : 0) | kind.opcode(), payload);
  }

  /**
   * Any frame.
   *
   * @param firstByte the bits FIN and RSV, and the opcode
   */
  public static byte[] frame(int firstByte, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length).put((byte) firstByte);
    if (payload.length < LENGTH_16) {
      frame.put((byte) (MASK | payload.length));
    } else if (payload.length <= 0xFFFF) {
      frame.put((byte) (MASK | LENGTH_16)).putShort((short) payload.length);
    } else {
      frame.put((byte) (MASK | LENGTH_64)).putLong(payload.length);
    }
    frame.putInt(0).put(payload).flip();
    byte[] bytes = new byte[frame.remaining()];
    frame.get(bytes);
    return bytes;
  }

  /** Bytes from hex digits, with any white space between them. */
  public static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replaceAll("\\s", ""));
  }

  /** All of them in one array. */
  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
