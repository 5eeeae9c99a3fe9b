package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.Limits;
import io.github.upgradehandler.internal.frame.FrameReader;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.frame.Utf8Validator;
import io.github.upgradehandler.spi.Role;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What one end makes of the bytes that come: frames become messages and control events. Holds
 * memory only for a message or control frame that has begun and not ended. Confined to one thread
 * at a time.
 *
 * <p>It is its reader's {@link FrameReader.Sink}: those methods are for the reader alone.
 */
public final class Receiver implements FrameReader.Sink {

  /** Whether messages are handed on whole or in parts. */
  public enum Delivery {
    /** {@link ProtocolEvents#onText} and {@link ProtocolEvents#onBinary}. */
    WHOLE,
    /** {@link ProtocolEvents#onTextPart} and {@link ProtocolEvents#onBinaryPart}. */
    PARTS
  }

  private static final byte[] NOTHING = {};

  private final ProtocolEvents events;
  private final MessageAssembler messages;
  private final FrameReader reader;

  private Opcode opcode = Opcode.CONTINUATION;
  private byte @Nullable [] control;
  private int controlLength;
  private boolean closeReceived;

  /**
   * The protocol of one connection.
   *
   * @param limits the bounds, until {@link #bound} sets others
   * @param extension what was agreed on, if anything
   */
  public Receiver(
      Role role,
      Limits limits,
      @Nullable Extension extension,
      Delivery delivery,
      ProtocolEvents events) {
    this.events = events;
    this.messages =
        switch (delivery) {
          case WHOLE -> new WholeMessages(limits, extension, events);
          case PARTS -> new PartialMessages(limits, extension, events);
        };
    this.reader = new FrameReader(role, extension == null ? 0 : extension.reservedBits(), this);
  }

  /** Sets other bounds for what is still to come, also of a message that has begun. */
  public void bound(Limits limits) {
    messages.bound(limits);
  }

  /**
   * Takes bytes of the peer, changing them in place, and calls the events. Stops early where {@link
   * ProtocolEvents#wantsMore} says so; {@link #consumed} tells how many bytes were taken, also
   * after an exception. After a Close frame all bytes are taken and ignored (section 5.5.1).
   *
   * @throws ProtocolException if the peer broke the protocol or a bound. The connection is then to
   *     be failed (section 7.1.7); bytes after {@link #consumed} may be given all the same, and of
   *     them only a Close frame has an effect.
   */
  public void receive(byte[] bytes, int offset, int length) throws ProtocolException {
    try {
      reader.read(bytes, offset, resumed() ? length : 0);
    } catch (ProtocolException e) {
      fail();
      throw e;
    }
  }

  /**
   * Whether something that was taken is not handed on yet, since no more was wanted in the middle
   * of a frame; {@link #receive} then begins with it, also if it gets no bytes.
   */
  public boolean isHoldingBack() {
    return messages.isHoldingBack();
  }

  /** Hands on what was held back; whether bytes may be taken now. */
  private boolean resumed() throws ProtocolException {
    if (!messages.isHoldingBack()) {
      return true;
    }
    reader.read(NOTHING, 0, 0); // nothing is consumed so far, also if this throws
    messages.resume();
    return !messages.isHoldingBack() && events.wantsMore();
  }

  /** How many bytes the last {@link #receive} took. */
  public int consumed() {
    return reader.consumed();
  }

  /** Passes over everything but a Close frame from now on: the connection is failed or closing. */
  public void fail() {
    messages.drop();
    if (opcode != Opcode.CLOSE) { // of a Close frame the rest may follow
      control = null;
      controlLength = 0;
    }
    reader.seekClose();
  }

  /** Whether a Close frame has come, be it a good one or not. */
  public boolean isCloseReceived() {
    return closeReceived;
  }

  /** Whether a frame has begun and not ended. */
  public boolean isInsideFrame() {
    return reader.isInsideFrame();
  }

  /** See {@link FrameReader#milestones}. */
  public int milestones() {
    return reader.milestones();
  }

  @Override
  public long maxFrameBytes(boolean marked) {
    return messages.maxFrameBytes(marked);
  }

  @Override
  public String frameBound(long max) {
    return messages.frameBound();
  }

  @Override
  public void frame(Opcode next, boolean fin, int reservedBits, long payloadLength)
      throws ProtocolException {
    opcode = next;
    if (!next.isControl()) {
      messages.begin(next, fin, reservedBits, payloadLength);
    }
  }

  @Override
  public boolean payload(byte[] bytes, int offset, int length, boolean last)
      throws ProtocolException {
    if (closeReceived) {
      return true;
    }
    if (!opcode.isControl()) {
      messages.append(bytes, offset, length, last);
    } else if (last && controlLength == 0) {
      controlFrame(bytes, offset, length);
    } else {
      collectControl(bytes, offset, length, last);
    }
    return events.wantsMore();
  }

  private void collectControl(byte[] bytes, int offset, int length, boolean last)
      throws ProtocolException {
    if (control == null) {
      control = new byte[Opcode.MAX_CONTROL_PAYLOAD]; // the reader lets no longer one pass
    }
    byte[] collected = control;
    System.arraycopy(bytes, offset, collected, controlLength, length);
    controlLength += length;
    if (last) {
      int whole = controlLength;
      control = null;
      controlLength = 0;
      controlFrame(collected, 0, whole);
    }
  }

  private void controlFrame(byte[] bytes, int offset, int length) throws ProtocolException {
    switch (opcode) {
      case PING -> events.onPing(bytes, offset, length);
      case PONG -> events.onPong(bytes, offset, length);
      default -> {
        closeReceived = true;
        fail();
        events.onClose(closeStatus(bytes, offset, length));
      }
    }
  }

  /** Section 5.5.1: nothing, or two bytes of code and a reason in UTF-8. */
  private static CloseStatus closeStatus(byte[] bytes, int offset, int length)
      throws ProtocolException {
    if (length == 0) {
      return CloseStatus.NO_STATUS_RECEIVED;
    }
    if (length == 1) {
      throw ProtocolException.breach("Close frame with half a status code (section 5.5.1)");
    }
    int code = (bytes[offset] & 0xFF) << 8 | (bytes[offset + 1] & 0xFF);
    if (!CloseStatus.isSendable(code)) {
      throw ProtocolException.breach("Close frame with code " + code + " (section 7.4)");
    }
    Utf8Validator utf8 = new Utf8Validator();
    if (!utf8.accept(bytes, offset + 2, length - 2) || !utf8.isComplete()) {
      throw ProtocolException.notUtf8("reason of a Close frame (section 5.5.1)");
    }
    return new CloseStatus(code, new String(bytes, offset + 2, length - 2, StandardCharsets.UTF_8));
  }
}
