package io.github.upgradehandler.internal.deflate;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/** Frames on the wire, made and taken apart in the plainest way. */
public final class Frames {

  /** FIN, RSV1 and the opcode for binary. */
  public static final int COMPRESSED_BINARY = 0xC2;

  /** FIN, RSV1 and the opcode for text. */
  public static final int COMPRESSED_TEXT = 0xC1;

  private static final int MASKING_KEY = 0x37FA213D;

  /** A frame without its mask. */
  public static final class Frame {
    private final int firstByte;
    private final byte[] payload;

    private Frame(int firstByte, byte[] payload) {
      this.firstByte = firstByte;
      this.payload = payload;
    }

    public int firstByte() {
      return firstByte;
    }

    public byte[] payload() {
      return payload;
    }

    /** Whether RSV1 is set. */
    public boolean isCompressed() {
      return (firstByte & 0x40) != 0;
    }

    /** For tables: the first byte and the payload's length, such as {@code c1:7}. */
    public String brief() {
      return "%02x:%d".formatted(firstByte, payload.length);
    }
  }

  private Frames() {}

  /** Bytes in hex, with white space where it pleases. */
  public static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  public static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      joined.writeBytes(piece);
    }
    return joined.toByteArray();
  }

  /** A server's frame. */
  public static byte[] ofServer(int firstByte, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(10 + payload.length).put((byte) firstByte);
    if (payload.length < 126) {
      frame.put((byte) payload.length);
    } else if (payload.length < 0x10000) {
      frame.put((byte) 126).putShort((short) payload.length);
    } else {
      frame.put((byte) 127).putLong(payload.length);
    }
    return taken(frame.put(payload));
  }

  /** A client's frame. */
  public static byte[] ofClient(int firstByte, byte[] payload) {
    byte[] unmasked = ofServer(firstByte, payload);
    int headerLength = unmasked.length - payload.length;
    ByteBuffer frame = ByteBuffer.allocate(unmasked.length + 4);
    frame.put(unmasked, 0, headerLength).putInt(MASKING_KEY);
    frame.put(1, (byte) (unmasked[1] | 0x80));
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ MASKING_KEY >>> (24 - 8 * (i % 4))));
    }
    return taken(frame);
  }

  /** A server's whole frames as a client would send them. */
  public static byte[] masked(byte[] framesOfServer) {
    return join(
        parse(framesOfServer).stream()
            .map(frame -> ofClient(frame.firstByte(), frame.payload()))
            .toArray(byte[][]::new));
  }

  /** Takes a server's whole frames apart. */
  public static List<Frame> parse(byte[] framesOfServer) {
    List<Frame> frames = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(framesOfServer);
    while (in.hasRemaining()) {
      int firstByte = in.get() & 0xFF;
      int shortLength = in.get();
      long length =
          switch (shortLength) {
            case 126 -> in.getShort() & 0xFFFF;
            case 127 -> in.getLong();
            default -> shortLength;
          };
      byte[] payload = new byte[Math.toIntExact(length)];
      in.get(payload);
      frames.add(new Frame(firstByte, payload));
    }
    return frames;
  }

  private static byte[] taken(ByteBuffer filled) {
    byte[] taken = new byte[filled.position()];
    filled.get(0, taken);
    return taken;
  }
}
