package io.github.upgradehandler.testing;

import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.testkit.ClientBytes;
import io.github.upgradehandler.testkit.Frame;

/** {@link ClientBytes} under short names, and by the library's own opcodes. */
public final class ClientFrames {

  private ClientFrames() {}

  public static byte[] text(String text) {
    return ClientBytes.text(text);
  }

  public static byte[] binary(byte[] payload) {
    return ClientBytes.binary(payload);
  }

  public static byte[] ping(String payload) {
    return ClientBytes.ping(payload);
  }

  public static byte[] pong(byte[] payload) {
    return ClientBytes.pong(payload);
  }

  public static byte[] close(int code, String reason) {
    return ClientBytes.close(code, reason);
  }

  public static byte[] frame(Opcode opcode, boolean fin, byte[] payload) {
    return ClientBytes.fragment(Frame.Kind.valueOf(opcode.name()), fin, payload);
  }

  public static byte[] hex(String digits) {
    return ClientBytes.hex(digits);
  }

  public static byte[] concat(byte[]... parts) {
    return ClientBytes.concat(parts);
  }
}
