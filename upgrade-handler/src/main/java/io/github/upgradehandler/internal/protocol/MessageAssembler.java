package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.Limits;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.frame.Utf8Validator;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Makes messages of data frames (section 5.4) within the bounds, checking text as it comes. */
abstract class MessageAssembler {

  private final @Nullable Extension extension;
  private final Utf8Validator utf8 = new Utf8Validator();

  private final long longest;
  private Limits limits;
  private long maxMessageBytes;
  private @Nullable MessageDecoder decoder;
  private @Nullable Opcode type;
  private boolean encoded;
  private int fragments;
  private long announced;
  private long decoded;
  private boolean finalFrame;
  private boolean endOfMessage;
  private boolean holdingBack;

  /**
   * An assembler for one connection.
   *
   * @param longest what a message must not be larger than, whatever the limits
   */
  MessageAssembler(Limits limits, @Nullable Extension extension, long longest) {
    this.extension = extension;
    this.longest = longest;
    this.limits = limits;
    this.maxMessageBytes = Math.min(limits.maxMessageBytes(), longest);
  }

  /** Sets other bounds for what is still to come, also of a message that has begun. */
  final void bound(Limits others) {
    limits = others;
    maxMessageBytes = Math.min(others.maxMessageBytes(), longest);
  }

  /**
   * The bound of a frame's payload.
   *
   * @param ofEncoded whether its message is transformed
   */
  final long maxFrameBytes(boolean ofEncoded) {
    return onTheWire(limits.maxFrameBytes(), ofEncoded);
  }

  /** The option that decides about {@link #maxFrameBytes}, and its value. */
  final String frameBound() {
    return limits.maxFrameBytes() < limits.maxMessageBytes()
        ? "maxFrameBytes is " + limits.maxFrameBytes()
        : messageBound();
  }

  /** A data frame begins; refused here, before its payload, if it is illegal or too big. */
  final void begin(Opcode opcode, boolean fin, int reservedBits, long payloadLength)
      throws ProtocolException {
    if (opcode != Opcode.CONTINUATION) {
      if (type != null) {
        throw ProtocolException.breach("new message inside a fragmented one (section 5.4)");
      }
      type = opcode;
      encoded = reservedBits != 0;
      fragments = 0;
      announced = 0;
      decoded = 0;
    } else if (type == null) {
      throw ProtocolException.breach("continuation of no message (section 5.4)");
    }
    if (++fragments > limits.maxFragments()) {
      String bound = "maxFragments is " + limits.maxFragments();
      throw ProtocolException.unacceptable(
          "too many fragments: " + bound, "message in too many fragments (" + bound + ")");
    }
    if (payloadLength > onTheWire(maxMessageBytes, encoded) - announced) {
      throw tooBig();
    }
    announced += payloadLength;
    finalFrame = fin;
  }

  /** The next payload of the frame that has begun. */
  final void append(byte[] bytes, int offset, int length, boolean endOfFrame)
      throws ProtocolException {
    boolean last = endOfFrame && finalFrame;
    if (encoded) {
      decode(bytes, offset, length, last);
    } else {
      deliver(bytes, offset, length, last);
    }
  }

  /** Whether a part of the last payload is not handed on yet: {@link #resume} is to come first. */
  final boolean isHoldingBack() {
    return holdingBack;
  }

  /** Hands on what was held back, as far as it is wanted now. */
  final void resume() throws ProtocolException {
    MessageDecoder current = Objects.requireNonNull(decoder, "only what is decoded is held back");
    decoded(current, current.resume(this::deliver));
  }

  /** Drops the current message and frees what was kept for the next: the connection ends. */
  void drop() {
    type = null;
    holdingBack = false;
    if (decoder != null) {
      decoder.release();
      decoder = null;
    }
  }

  /**
   * Whether a text that comes in one piece is handed on unchecked: who decodes it sees what is
   * wrong, and then calls {@link #checkText}.
   */
  abstract boolean checksWhole();

  /**
   * Takes the next piece of a message; text is UTF-8 so far, and to its end if this is the last.
   *
   * @return whether more of the message is wanted now
   */
  abstract boolean accept(boolean text, byte[] bytes, int offset, int length, boolean last)
      throws ProtocolException;

  /** The length of the message, once the header of its last frame has told; else the bound. */
  final long maxBytes() {
    return isLengthKnown() ? announced : maxMessageBytes;
  }

  final boolean isLengthKnown() {
    return finalFrame && !encoded;
  }

  /** What so many bytes of a message may have become on the wire. */
  private long onTheWire(long max, boolean isEncoded) {
    return isEncoded ? max + agreedOn().maxGrowth(max) : max;
  }

  private Extension agreedOn() {
    return Objects.requireNonNull(extension, "the reader lets no RSV bit pass");
  }

  private void decode(byte[] bytes, int offset, int length, boolean last) throws ProtocolException {
    if (decoder == null) {
      decoder = agreedOn().newDecoder();
    }
    MessageDecoder current = decoder;
    endOfMessage = last;
    // If it throws, drop() follows.
    decoded(current, current.decode(bytes, offset, length, last, this::deliver));
  }

  private void decoded(MessageDecoder current, boolean whole) {
    holdingBack = !whole;
    if (whole && endOfMessage && !current.keepsContext()) {
      current.release();
      decoder = null;
    }
  }

  private boolean deliver(byte[] bytes, int offset, int length, boolean last)
      throws ProtocolException {
    // The part within the bound is validated first, so that the status does not depend on the cuts.
    int fitting = (int) Math.min(length, maxMessageBytes - decoded);
    boolean fits = fitting == length;
    boolean text = type == Opcode.TEXT;
    if (text && !(last && fits && checksWhole())) {
      checkText(bytes, offset, fitting, last && fits);
    }
    if (!fits) {
      throw tooBig();
    }
    decoded += length;
    if (last) {
      type = null;
    }
    return accept(text, bytes, offset, length, last);
  }

  private ProtocolException tooBig() {
    return ProtocolException.tooBig(messageBound(), "message of too many bytes");
  }

  private String messageBound() {
    return "maxMessageBytes is " + maxMessageBytes;
  }

  /** Refuses text that is no UTF-8 (section 8.1). */
  final void checkText(byte[] bytes, int offset, int length, boolean last)
      throws ProtocolException {
    if (!utf8.accept(bytes, offset, length)) {
      throw ProtocolException.notUtf8("text message (section 8.1)");
    }
    if (last && !utf8.isComplete()) {
      throw ProtocolException.notUtf8("text message that ends inside a code point (section 8.1)");
    }
  }
}
