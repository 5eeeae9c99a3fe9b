package io.github.upgradehandler.internal.message;

import io.github.upgradehandler.PreparedMessage;

/**
 * A way to put a message on the wire. Two encodings that are equal give the same bytes, so that
 * {@link SharedFrames} keeps one frame for both.
 */
public interface MessageEncoding {

  /** The complete frame of a message; the caller never changes the array. */
  byte[] encode(PreparedMessage message);
}
