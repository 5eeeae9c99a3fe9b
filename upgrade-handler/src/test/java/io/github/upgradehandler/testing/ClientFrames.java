package io.github.upgradehandler.testing;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.internal.frame.FrameWriter;
import io.github.upgradehandler.internal.frame.Opcode;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.HexFormat;

/** Frames of a client; the masking key is 00000000 unless a test is about it. */
public final class ClientFrames {

  private static final FrameWriter WRITER = FrameWriter.client(() -> 0);

  private ClientFrames() {}

  public static byte[] text(String text) {
    return frame(Opcode.TEXT, true, text.getBytes(UTF_8));
  }

  public static byte[] binary(byte[] payload) {
    return frame(Opcode.BINARY, true, payload);
  }

  public static byte[] ping(String payload) {
    return frame(Opcode.PING, true, payload.getBytes(UTF_8));
  }

  public static byte[] pong(byte[] payload) {
    return frame(Opcode.PONG, true, payload);
  }

  public static byte[] close(int code, String reason) {
    byte[] bytes = reason.getBytes(UTF_8);
    return frame(
        Opcode.CLOSE,
        true,
        ByteBuffer.allocate(2 + bytes.length).putShort((short) code).put(bytes).array());
  }

  public static byte[] frame(Opcode opcode, boolean fin, byte[] payload) {
    return WRITER.frame(opcode, fin, 0, ByteBuffer.wrap(payload));
  }

  public static byte[] hex(String digits) {
    return HexFormat.of().parseHex(digits.replace(" ", ""));
  }

  public static byte[] concat(byte[]... parts) {
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      all.writeBytes(part);
    }
    return all.toByteArray();
  }
}
