package io.github.upgradehandler.containers.wire;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/** Frames of a client, masked. */
public final class Frames {

  private static final int FIN = 0x80;
  private static final int MASKED = 0x80;
  private static final byte[] KEY = {0x37, (byte) 0xfa, 0x21, 0x3d};

  private Frames() {}

  public static byte[] text(String text) {
    return frame(true, Frame.TEXT, text.getBytes(UTF_8));
  }

  public static byte[] binary(byte[] payload) {
    return frame(true, Frame.BINARY, payload);
  }

  public static byte[] ping(String payload) {
    return frame(true, Frame.PING, payload.getBytes(UTF_8));
  }

  public static byte[] pong(byte[] payload) {
    return frame(true, Frame.PONG, payload);
  }

  public static byte[] close(int status) {
    return frame(true, Frame.CLOSE, ByteBuffer.allocate(2).putChar(0, (char) status).array());
  }

  public static byte[] frame(boolean fin, int opcode, byte[] payload) {
    ByteBuffer frame = ByteBuffer.allocate(14 + payload.length);
    frame.put((byte) (opcode | (fin ? FIN : 0)));
    if (payload.length < 126) {
      frame.put((byte) (MASKED | payload.length));
    } else if (payload.length < 65536) {
      frame.put((byte) (MASKED | 126)).putChar((char) payload.length);
    } else {
      frame.put((byte) (MASKED | 127)).putLong(payload.length);
    }
    frame.put(KEY);
    for (int i = 0; i < payload.length; i++) {
      frame.put((byte) (payload[i] ^ KEY[i & 3]));
    }
    byte[] bytes = new byte[frame.position()];
    frame.flip().get(bytes);
    return bytes;
  }

  public static byte[] together(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
