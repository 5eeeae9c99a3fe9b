package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.CloseStatus;

/**
 * What {@link Receiver} makes of the peer's bytes. Arrays are lent for the call. Of whole messages
 * and parts only one kind comes, see {@link Receiver}.
 */
public interface ProtocolEvents {

  /** A whole text message. */
  void onText(String text);

  /** A whole binary message. */
  void onBinary(byte[] bytes, int offset, int length);

  /** The next part of a text message. */
  void onTextPart(String part, boolean last);

  /** The next part of a binary message. */
  void onBinaryPart(byte[] bytes, int offset, int length, boolean last);

  /** A ping; the endpoint must answer with a pong of the same payload (section 5.5.2). */
  void onPing(byte[] bytes, int offset, int length);

  /** A pong. */
  void onPong(byte[] bytes, int offset, int length);

  /**
   * A Close frame; no event follows (section 5.5.1).
   *
   * @param status 1005 if the frame had none
   */
  void onClose(CloseStatus status);

  /** Whether to go on now with the next frame or part. */
  boolean wantsMore();
}
