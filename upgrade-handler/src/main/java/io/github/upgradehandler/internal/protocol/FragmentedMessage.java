package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.internal.frame.Opcode;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import org.jspecify.annotations.Nullable;

/**
 * A message that is sent in fragments, and the whole messages that wait for its end (section 5.4).
 * Not thread-safe, but for {@link #heldBytes}.
 */
final class FragmentedMessage {

  private record HeldMessage(Opcode kind, ByteBuffer payload, @Nullable Extension by) {}

  /** What is done with a message that was held. */
  @FunctionalInterface
  interface Release {
    void add(Opcode kind, ByteBuffer payload, @Nullable Extension by);
  }

  /** What it costs to hold a message, beside its payload: many may be empty. */
  private static final int HOLDING_BYTES = 64;

  final Opcode kind;

  /** What transforms it; null: it is sent as it is. */
  final @Nullable Extension by;

  private @Nullable ArrayDeque<HeldMessage> held; // most wait for none
  private volatile long heldBytes;

  FragmentedMessage(Opcode kind, @Nullable Extension by) {
    this.kind = kind;
    this.by = by;
  }

  /**
   * Keeps a copy of a whole message.
   *
   * @param heldBy what is to transform it; null: it is to be sent as it is
   */
  void hold(Opcode heldKind, ByteBuffer payload, @Nullable Extension heldBy) {
    if (held == null) {
      held = new ArrayDeque<>();
    }
    int length = payload.remaining();
    held.add(
        new HeldMessage(
            heldKind, ByteBuffer.allocate(length).put(payload.duplicate()).flip(), heldBy));
    long before = heldBytes; // changed by one thread at a time
    heldBytes = before + length;
  }

  boolean isHolding() {
    return held != null;
  }

  /** What it costs to hold the messages that wait, beside their payload. */
  long holdingBytes() {
    return held == null ? 0 : held.size() * (long) HOLDING_BYTES;
  }

  /** Bytes of payload that wait; thread-safe. */
  long heldBytes() {
    return heldBytes;
  }

  /** Gives what was held, in order. */
  void forEachHeld(Release action) {
    if (held != null) {
      held.forEach(message -> action.add(message.kind, message.payload, message.by));
    }
  }
}
