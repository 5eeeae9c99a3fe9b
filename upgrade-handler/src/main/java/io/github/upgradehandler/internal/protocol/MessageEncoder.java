package io.github.upgradehandler.internal.protocol;

import java.nio.ByteBuffer;

/** Applies an {@link Extension}'s transformation to messages. Confined to one thread at a time. */
public interface MessageEncoder {

  /**
   * The next fragment of a message, or all of it, transformed.
   *
   * @param payload position to limit; its state does not change
   * @param last whether the message ends with it
   * @return valid until the next call
   */
  ByteBuffer encode(ByteBuffer payload, boolean last);

  /** Whether the next message builds on this one, so that this encoder must be kept for it. */
  boolean keepsContext();

  /** Frees what it holds; nothing may follow. */
  void release();
}
