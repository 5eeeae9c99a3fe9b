package io.github.upgradehandler.internal.frame;

import static io.github.upgradehandler.internal.frame.FrameHeader.FIN;
import static io.github.upgradehandler.internal.frame.FrameHeader.LENGTH_16;
import static io.github.upgradehandler.internal.frame.FrameHeader.LENGTH_64;
import static io.github.upgradehandler.internal.frame.FrameHeader.MASK;

import io.github.upgradehandler.spi.Role;
import java.nio.ByteBuffer;
import java.util.function.IntSupplier;

/**
 * Writes frames (section 5.2) with lengths in their shortest form, masked if this is the client.
 */
public final class FrameWriter {

  private final Role role;
  private final IntSupplier maskingKeys;

  private FrameWriter(Role role, IntSupplier maskingKeys) {
    this.role = role;
    this.maskingKeys = maskingKeys;
  }

  /** A writer for the server. */
  public static FrameWriter server() {
    return new FrameWriter(Role.SERVER, () -> 0);
  }

  /**
   * A writer for the client.
   *
   * @param maskingKeys a new key for every frame, unpredictable to the author of the payload
   *     (section 10.3)
   */
  public static FrameWriter client(IntSupplier maskingKeys) {
    return new FrameWriter(Role.CLIENT, maskingKeys);
  }

  /** The end that sends what this writes. */
  public Role role() {
    return role;
  }

  /** The bytes of a frame with a payload of that many bytes. */
  public long frameLength(long payloadLength) {
    return headerLength(payloadLength) + payloadLength;
  }

  /**
   * Writes a frame.
   *
   * @param reservedBits RSV1-3 at their places in the first byte
   * @param payload position to limit; its state does not change
   * @param target has {@link #frameLength} bytes from {@code position} on
   * @return the position after the frame
   */
  public int write(
      Opcode opcode,
      boolean fin,
      int reservedBits,
      ByteBuffer payload,
      byte[] target,
      int position) {
    int length = payload.remaining();
    int start = writeHeader(opcode, fin, reservedBits, length, target, position);
    payload.get(payload.position(), target, start, length);
    if (role.masks()) {
      int key = maskingKeys.getAsInt();
      writeBigEndian(key, Integer.BYTES, target, start - Integer.BYTES);
      Masking.apply(target, start, length, key);
    }
    return start + length;
  }

  /** A frame in an array of its own. */
  public byte[] frame(Opcode opcode, boolean fin, int reservedBits, ByteBuffer payload) {
    byte[] frame = new byte[Math.toIntExact(frameLength(payload.remaining()))];
    write(opcode, fin, reservedBits, payload, frame, 0);
    return frame;
  }

  private int headerLength(long payloadLength) {
    int extended = payloadLength < LENGTH_16 ? 0 : payloadLength <= 0xFFFF ? 2 : Long.BYTES;
    return 2 + extended + (role.masks() ? Integer.BYTES : 0);
  }

  private int writeHeader(
      Opcode opcode, boolean fin, int reservedBits, int length, byte[] target, int position) {
    int mask = role.masks() ? MASK : 0;
    target[position] = (byte) ((fin ? FIN : 0) | reservedBits | opcode.code());
    if (length < LENGTH_16) {
      target[position + 1] = (byte) (mask | length);
    } else if (length <= 0xFFFF) {
      target[position + 1] = (byte) (mask | LENGTH_16);
      writeBigEndian(length, 2, target, position + 2);
    } else {
      target[position + 1] = (byte) (mask | LENGTH_64);
      writeBigEndian(length, Long.BYTES, target, position + 2);
    }
    return position + headerLength(length);
  }

  private static void writeBigEndian(long value, int count, byte[] target, int position) {
    for (int i = 0; i < count; i++) {
      target[position + i] = (byte) (value >>> (8 * (count - 1 - i)));
    }
  }
}
