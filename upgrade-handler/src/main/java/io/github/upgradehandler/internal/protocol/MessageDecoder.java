package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.internal.frame.ProtocolException;

/** Reverses an {@link Extension}'s transformation of messages. Confined to one thread at a time. */
public interface MessageDecoder {

  /** Takes the original. */
  interface Output {

    /**
     * The next piece; lent for the call.
     *
     * @param last whether the message ends with it
     * @return whether more is wanted now
     * @throws ProtocolException if it is illegal, for example too big: nothing more is decoded
     */
    boolean accept(byte[] bytes, int offset, int length, boolean last) throws ProtocolException;
  }

  /**
   * Takes the next payload of a message, handing on the result at once, as long as that is wanted.
   *
   * @return whether all of it was handed on; else {@link #resume} comes before the next payload
   * @throws ProtocolException if it is malformed, or the output throws
   */
  boolean decode(byte[] bytes, int offset, int length, boolean last, Output output)
      throws ProtocolException;

  /**
   * Hands on what is left of the last payload.
   *
   * @return whether that was all
   * @throws ProtocolException if it is malformed, or the output throws
   */
  boolean resume(Output output) throws ProtocolException;

  /** Whether the next message builds on this one, so that this decoder must be kept for it. */
  boolean keepsContext();

  /** Frees what it holds; nothing may follow. */
  void release();
}
