package io.github.upgradehandler.internal.frame;

import static io.github.upgradehandler.internal.frame.FrameHeader.FIN;
import static io.github.upgradehandler.internal.frame.FrameHeader.MASK;
import static io.github.upgradehandler.internal.frame.FrameHeader.RESERVED_BITS;

import io.github.upgradehandler.spi.Role;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads frames (section 5.2) from bytes that come in pieces of any size, and hands them on without
 * copying. An illegal frame is refused at the first byte that proves it illegal, before its
 * payload.
 *
 * <pre>
 *    0                   1                   2                   3
 *    0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1
 *   +-+-+-+-+-------+-+-------------+-------------------------------+
 *   |F|R|R|R| opcode|M| Payload len |    Extended payload length    |
 *   |I|S|S|S|  (4)  |A|     (7)     |          (0, 16 or 64)        |
 *   |N|V|V|V|       |S|             |                               |
 *   | |1|2|3|       |K|             |   then masking key (0 or 32)  |
 *   +-+-+-+-+-------+-+-------------+-------------------------------+
 * </pre>
 */
public final class FrameReader {

  /** Takes what is read. */
  public interface Sink {

    /**
     * The bound of the next frame's payload; longer ones are refused with 1009, but those of
     * control frames fit.
     *
     * @param marked whether the frame is of a message whose first frame had an RSV bit
     */
    default long maxFrameBytes(boolean marked) {
      return Long.MAX_VALUE;
    }

    /**
     * What decides about the bound, with its value: the peer is told.
     *
     * @param max what {@link #maxFrameBytes} was
     */
    default String frameBound(long max) {
      return "the bound is " + max;
    }

    /**
     * A frame begins: its header is complete and allowed.
     *
     * @param reservedBits RSV1-3 at their places in the first byte (0x40, 0x20, 0x10)
     * @throws ProtocolException if the frame must not come now
     */
    void frame(Opcode opcode, boolean fin, int reservedBits, long payloadLength)
        throws ProtocolException;

    /**
     * The next unmasked bytes of the frame's payload; an empty frame has one call with no bytes.
     *
     * @param last whether the frame ends with them
     * @return whether to go on reading
     * @throws ProtocolException if the payload is illegal
     */
    boolean payload(byte[] bytes, int offset, int length, boolean last) throws ProtocolException;
  }

  private enum Mode {
    /** Frames are checked and handed on. */
    READING,
    /** Frames are passed over unchecked, but for a Close frame. */
    SEEKING_CLOSE
  }

  private static final int LONGEST_HEADER = 14;
  private static final int MILESTONE_SHIFT = 16;

  private final boolean expectsMask;
  private final byte negotiatedBits;
  private final Sink sink;

  private Mode mode = Mode.READING;
  private int consumed;
  private byte @Nullable [] partialHeader;
  private byte partialLength;
  private boolean inPayload;
  private boolean inMarkedMessage;
  private Opcode opcode = Opcode.CONTINUATION;
  private byte firstByte;
  private long payloadLength;
  private long remaining;
  private int maskingKey;
  private int milestones;

  /**
   * A reader for one connection without extensions.
   *
   * @param role this end; the peer's frames are masked if the peer is the client (section 5.1)
   */
  public FrameReader(Role role, Sink sink) {
    this(role, 0, sink);
  }

  /**
   * A reader for one connection.
   *
   * @param negotiatedBits RSV bits that extensions gave a meaning on a message's first frame
   */
  public FrameReader(Role role, int negotiatedBits, Sink sink) {
    this.expectsMask = role.peer().masks();
    this.negotiatedBits = (byte) negotiatedBits;
    this.sink = sink;
  }

  /**
   * Reads bytes, unmasking them in place, until none is left or the sink wants no more. {@link
   * #consumed} says how many were read, also after an exception.
   *
   * @throws ProtocolException if the peer broke the protocol; {@link #seekClose} may follow
   */
  public void read(byte[] bytes, int offset, int length) throws ProtocolException {
    consumed = 0;
    while (consumed < length) {
      if (!inPayload) {
        readHeader(bytes, offset, length);
        if (!inPayload) {
          return;
        }
        if (isWanted()) {
          sink.frame(opcode, (firstByte & FIN) != 0, firstByte & RESERVED_BITS, payloadLength);
        }
      }
      int count = (int) Math.min(remaining, length - consumed);
      if (count == 0 && remaining > 0) {
        return;
      }
      if (!readPayload(bytes, offset + consumed, count)) {
        return;
      }
    }
  }

  /** How many bytes the last {@link #read} took. */
  public int consumed() {
    return consumed;
  }

  /**
   * From now on passes over everything but a Close frame: after failing the connection (section
   * 7.1.7) the peer's Close frame is all that still counts. Continues after {@link #consumed}.
   */
  public void seekClose() {
    mode = Mode.SEEKING_CLOSE;
  }

  /** Whether a frame has begun and not ended. */
  public boolean isInsideFrame() {
    return inPayload || partialLength > 0;
  }

  /** Changes with every frame that ends and with every 64 KiB of one: progress, for deadlines. */
  public int milestones() {
    return inPayload ? milestones + milestonesIn(payloadLength - remaining) : milestones;
  }

  private static int milestonesIn(long bytes) {
    return (int) (bytes >>> MILESTONE_SHIFT);
  }

  private boolean isWanted() {
    return mode == Mode.READING || opcode == Opcode.CLOSE;
  }

  private boolean readPayload(byte[] bytes, int position, int count) throws ProtocolException {
    consumed += count;
    remaining -= count;
    boolean last = remaining == 0;
    if (last) {
      inPayload = false;
      milestones += 1 + milestonesIn(payloadLength);
    }
    if (!isWanted()) {
      return true;
    }
    maskingKey = Masking.apply(bytes, position, count, maskingKey);
    return sink.payload(bytes, position, count, last);
  }

  private void readHeader(byte[] bytes, int offset, int length) throws ProtocolException {
    if (partialLength == 0) {
      int available = length - consumed;
      int headerLength = parse(bytes, offset + consumed, available);
      if (headerLength > 0) {
        consumed += headerLength;
        return;
      }
      if (partialHeader == null) {
        partialHeader = new byte[LONGEST_HEADER];
      }
      System.arraycopy(bytes, offset + consumed, partialHeader, 0, available);
      partialLength = (byte) available;
      consumed = length;
      return;
    }
    byte[] header = Objects.requireNonNull(partialHeader);
    while (consumed < length) {
      header[partialLength] = bytes[offset + consumed];
      // A byte that is refused here is not consumed: it is read once more after seekClose.
      boolean complete = parse(header, 0, partialLength + 1) > 0;
      consumed++;
      partialLength = (byte) (complete ? 0 : partialLength + 1);
      if (complete) {
        return;
      }
    }
  }

  /**
   * Parses a header as far as it is there, refusing it at the first byte that shows a fault.
   *
   * @return the header's length, 0 if it is not complete
   */
  private int parse(byte[] bytes, int position, int available) throws ProtocolException {
    boolean checked = mode == Mode.READING;
    int first = bytes[position] & 0xFF;
    Opcode parsed =
        checked ? FrameHeader.checkedOpcode(first, negotiatedBits) : passedOpcode(first);
    if (available < 2) {
      return 0;
    }
    int second = bytes[position + 1] & 0xFF;
    if (checked) {
      FrameHeader.checkSecondByte(parsed, second, expectsMask);
    }
    int lengthEnd = FrameHeader.lengthEnd(second);
    if (available < lengthEnd) {
      return 0;
    }
    long length = FrameHeader.payloadLength(bytes, position, lengthEnd);
    boolean marked = parsed == Opcode.CONTINUATION ? inMarkedMessage : (first & RESERVED_BITS) != 0;
    if (checked && lengthEnd > FrameHeader.SHORTEST) {
      FrameHeader.checkLength(second, length);
      checkBound(length, sink.maxFrameBytes(marked));
    }
    int end = lengthEnd + ((second & MASK) != 0 ? Integer.BYTES : 0);
    if (available < end) {
      return 0;
    }
    if (!parsed.isControl()) {
      inMarkedMessage = marked;
    }
    firstByte = (byte) first;
    opcode = parsed;
    payloadLength = checked ? length : passedLength(length);
    remaining = payloadLength;
    maskingKey = end == lengthEnd ? 0 : FrameHeader.maskingKey(bytes, position + lengthEnd);
    inPayload = true;
    return end;
  }

  /** A length of the second byte alone is within the bound: control frames fit. */
  private void checkBound(long length, long max) throws ProtocolException {
    if (length > Math.max(max, Opcode.MAX_CONTROL_PAYLOAD)) {
      throw ProtocolException.tooBig(sink.frameBound(max), "frame of " + length + " bytes");
    }
  }

  /** All that matters of a frame that is passed over is whether it is a Close frame. */
  private static Opcode passedOpcode(int first) {
    Opcode parsed = Opcode.ofFirstByte(first);
    return parsed == null ? Opcode.CONTINUATION : parsed;
  }

  /** Of an illegal Close frame only the arrival counts, not what it says. */
  private long passedLength(long length) {
    if (opcode == Opcode.CLOSE && (length < 0 || length > Opcode.MAX_CONTROL_PAYLOAD)) {
      return 0;
    }
    return length < 0 ? Long.MAX_VALUE : length;
  }
}
