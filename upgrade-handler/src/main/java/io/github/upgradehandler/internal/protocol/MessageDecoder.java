package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.internal.frame.ProtocolException;

/** Takes an {@link Extension}'s transformation from messages. For one thread at a time. */
public interface MessageDecoder {

  /** Takes the original. */
  interface Output {

    /**
     * The next piece; lent for the call.
     *
     * @param last whether the message ends with it
     * @return whether more is wanted now
     * @throws ProtocolException if it must not be, for one by its size: nothing more is decoded
     */
    boolean accept(byte[] bytes, int offset, int length, boolean last) throws ProtocolException;
  }

  /**
   * Takes the next payload of a message, giving on at once what comes of it, as long as that is
   * wanted.
   *
   * @return whether all of it was given on; else {@link #resume} comes before the next payload
   * @throws ProtocolException if it is malformed, or the output throws
   */
  boolean decode(byte[] bytes, int offset, int length, boolean last, Output output)
      throws ProtocolException;

  /**
   * Gives on what is left of the last payload.
   *
   * @return whether that was all
   * @throws ProtocolException if it is malformed, or the output throws
   */
  boolean resume(Output output) throws ProtocolException;

  /** Whether the next message builds on this one, so that this decoder must be kept for it. */
  boolean keepsContext();

  /** Frees what it holds; nothing may follow. */
  void close();
}
