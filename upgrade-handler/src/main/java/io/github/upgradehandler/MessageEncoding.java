package io.github.upgradehandler;

/**
 * A way to put a message on the wire; for implementations of {@link WebSocket}. Two encodings that
 * are equal give the same bytes, so that {@link PreparedMessage} keeps one result for both.
 */
public interface MessageEncoding {

  /** The complete frame of a message; the caller never changes the array. */
  byte[] encode(PreparedMessage message);
}
