package io.github.upgradehandler.protocol;

import io.github.upgradehandler.frame.ProtocolException;

/** Takes an {@link Extension}'s transformation from messages. For one thread at a time. */
public interface MessageDecoder {

  /** Takes the original. */
  interface Output {

    /**
     * The next piece; lent for the call.
     *
     * @param last whether the message ends with it
     * @throws ProtocolException if it must not be, for one by its size: nothing more is decoded
     */
    void accept(byte[] bytes, int offset, int length, boolean last) throws ProtocolException;
  }

  /**
   * Takes the next payload of a message, giving on at once what comes of it.
   *
   * @throws ProtocolException if it is malformed, or the output throws
   */
  void decode(byte[] bytes, int offset, int length, boolean last, Output output)
      throws ProtocolException;

  /** Whether the next message builds on this one, so that this decoder must be kept for it. */
  boolean keepsContext();

  /** Frees what it holds; nothing may follow. */
  void close();
}
