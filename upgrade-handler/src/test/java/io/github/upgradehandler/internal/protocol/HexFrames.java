package io.github.upgradehandler.internal.protocol;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** What goes over the wire, made in the plainest way. */
final class HexFrames {

  private HexFrames() {}

  /** Bytes in hex, with white space where it pleases. */
  static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }

  static byte[] join(byte[]... pieces) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] piece : pieces) {
      joined.writeBytes(piece);
    }
    return joined.toByteArray();
  }

  /** An unmasked frame. */
  static byte[] frame(int firstByte, byte[] payload) {
    ByteBuffer header = ByteBuffer.allocate(10).put((byte) firstByte);
    if (payload.length < 126) {
      header.put((byte) payload.length);
    } else if (payload.length < 0x10000) {
      header.put((byte) 126).putShort((short) payload.length);
    } else {
      header.put((byte) 127).putLong(payload.length);
    }
    byte[] headerBytes = new byte[header.position()];
    header.get(0, headerBytes);
    return join(headerBytes, payload);
  }

  /** Frames, good or bad, finished or not, as a server would send them. */
  static byte[] unmasked(byte[] frames) {
    return sent(frames, 0, new byte[0]);
  }

  /** Frames, good or bad, finished or not, as a client would send them. */
  static byte[] masked(byte[] frames, int key) {
    return sent(frames, 0x80, ByteBuffer.allocate(4).putInt(key).array());
  }

  private static byte[] sent(byte[] frames, int maskBit, byte[] key) {
    ByteBuffer in = ByteBuffer.wrap(frames);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    while (in.hasRemaining()) {
      int firstByte = in.get();
      out.write(firstByte);
      if (in.hasRemaining()) {
        sendFrom((firstByte & 0xF) == 8, in, maskBit, key, out);
      }
    }
    return out.toByteArray();
  }

  private static void sendFrom(
      boolean close, ByteBuffer in, int maskBit, byte[] key, ByteArrayOutputStream out) {
    int shortLength = in.get() & 0x7F;
    out.write(shortLength | maskBit);
    int extended = shortLength == 127 ? 8 : shortLength == 126 ? 2 : 0;
    boolean complete = in.remaining() >= extended;
    long length = extended == 0 ? shortLength : 0;
    for (int i = 0; i < extended && in.hasRemaining(); i++) {
      int next = in.get() & 0xFF;
      length = length << 8 | next;
      out.write(next);
    }
    if (complete) {
      out.writeBytes(key);
    }
    if (close && (length < 0 || length > 125)) {
      return; // a reader that seeks a Close frame takes such a one without its payload
    }
    for (long i = 0; i != length && in.hasRemaining(); i++) {
      out.write(in.get() ^ (key.length == 0 ? 0 : key[(int) (i % 4)]));
    }
  }
}
