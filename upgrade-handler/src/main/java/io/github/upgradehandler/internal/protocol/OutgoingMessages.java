package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.message.MessageEncoding;
import io.github.upgradehandler.internal.message.SharedFrames;
import io.github.upgradehandler.spi.Role;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Makes frames of messages: encodes them by the extension that was agreed on, and keeps whole
 * messages from coming between the fragments of another (section 5.4). Not thread-safe, but for the
 * methods that say so.
 */
final class OutgoingMessages {

  private static final MessageEncoding PLAIN = new PlainEncoding();

  private final FrameOutput output;
  private final @Nullable Extension extension;
  private final @Nullable MessageEncoding sharedEncoding;
  private final @Nullable MessageEncoding plainEncoding;
  private @Nullable MessageEncoder encoder;

  private volatile @Nullable FragmentedMessage fragmented;

  OutgoingMessages(Role role, FrameOutput output, @Nullable Extension extension) {
    this.output = output;
    this.extension = extension;
    // A client shares none: each of its frames has a masking key of its own (section 5.3).
    this.plainEncoding = role.masks() ? null : PLAIN;
    this.sharedEncoding =
        role.masks() || extension == null ? plainEncoding : extension.sharedEncoding();
  }

  /** Adds a whole message, or keeps a copy until the fragmented one has ended. */
  void add(Opcode kind, ByteBuffer payload) {
    add(kind, payload, worthwhile(payload));
  }

  private void add(Opcode kind, ByteBuffer payload, @Nullable Extension by) {
    FragmentedMessage current = fragmented;
    if (current != null) {
      current.hold(kind, payload, by);
    } else if (by != null) {
      addEncoded(kind, payload, by);
    } else {
      output.add(kind, true, 0, payload);
    }
  }

  /** The frame of a message for all connections of this encoding; null if there is none. */
  byte @Nullable [] sharedFrame(PreparedMessage message) {
    MessageEncoding encoding = message.isCompressible() ? sharedEncoding : plainEncoding;
    return encoding == null ? null : SharedFrames.frame(message, encoding);
  }

  /** Adds a message of which {@link #sharedFrame} is known. */
  void add(PreparedMessage message, byte @Nullable [] sharedFrame) {
    if (sharedFrame == null || fragmented != null) {
      ByteBuffer payload = message.payload();
      add(
          message.isText() ? Opcode.TEXT : Opcode.BINARY,
          payload,
          message.isCompressible() ? worthwhile(payload) : null);
    } else {
      output.addShared(sharedFrame);
    }
  }

  /**
   * Adds a fragment.
   *
   * @throws IllegalStateException if it is of another kind than the ones before
   */
  void addFragment(Opcode kind, ByteBuffer payload, boolean last) {
    FragmentedMessage begun = fragmented;
    if (begun != null && begun.kind != kind) {
      throw new IllegalStateException(
          "a fragmented " + begun.kind + " message has not ended yet (RFC 6455 section 5.4)");
    }
    boolean first = begun == null;
    FragmentedMessage current =
        begun == null ? new FragmentedMessage(kind, worthwhile(payload)) : begun;
    Opcode opcode = first ? kind : Opcode.CONTINUATION;
    Extension by = current.by;
    if (by == null) {
      output.add(opcode, last, 0, payload);
    } else {
      // RFC 7692 section 6: only the first frame is marked.
      int reservedBits = first ? by.reservedBits() : 0;
      output.add(opcode, last, reservedBits, encoder(by).encode(payload, last));
    }
    if (last) {
      endFragmented(current);
    } else {
      fragmented = current;
    }
  }

  boolean isHolding() {
    FragmentedMessage current = fragmented;
    return current != null && current.isHolding();
  }

  /** What it costs to hold the messages that wait, beside their payload. */
  long holdingBytes() {
    FragmentedMessage current = fragmented;
    return current == null ? 0 : current.holdingBytes();
  }

  /** Bytes of payload that wait for the fragmented message's end; thread-safe. */
  long heldBytes() {
    FragmentedMessage current = fragmented;
    return current == null ? 0 : current.heldBytes();
  }

  /** Nothing more is sent: drops what waits and frees what was kept for more. */
  void end() {
    fragmented = null;
    if (encoder != null) {
      encoder.release();
      encoder = null;
    }
  }

  /** What transforms a message that begins with this payload; null: it is sent as it is. */
  private @Nullable Extension worthwhile(ByteBuffer payload) {
    return extension != null && extension.isWorthwhile(payload.remaining()) ? extension : null;
  }

  private void addEncoded(Opcode kind, ByteBuffer payload, Extension by) {
    ByteBuffer encoded = encoder(by).encode(payload, true);
    // Where later messages build on this one, the peer must have it as it was encoded.
    boolean smaller = encoded.remaining() < payload.remaining();
    if (smaller || encoder(by).keepsContext()) {
      output.add(kind, true, by.reservedBits(), encoded);
    } else {
      output.add(kind, true, 0, payload);
    }
    releaseEncoder();
  }

  private void endFragmented(FragmentedMessage ended) {
    fragmented = null;
    releaseEncoder();
    ended.forEachHeld(this::add);
  }

  private MessageEncoder encoder(Extension by) {
    if (encoder == null) {
      encoder = by.newEncoder();
    }
    return encoder;
  }

  private void releaseEncoder() {
    if (encoder != null && !encoder.keepsContext()) {
      encoder.release();
      encoder = null;
    }
  }
}
