package io.github.upgradehandler;

import java.nio.ByteBuffer;

/**
 * A handler that takes messages in parts, as they arrive, for messages larger than memory should
 * hold. {@link #onText} and {@link #onBinary} are not called.
 *
 * <p>Parts follow what the network delivers: they are neither frames nor of any given size. {@link
 * Limits#maxMessageBytes} bounds the sum of the parts all the same.
 */
public interface PartialHandler extends WebSocketHandler {

  /**
   * The next part of a text message; never ends inside a code point.
   *
   * @param part may be empty
   * @param last whether the message ends with this part
   */
  void onTextPart(WebSocket socket, String part, boolean last);

  /**
   * The next part of a binary message.
   *
   * @param part may be empty; <b>valid only during the call</b>
   * @param last whether the message ends with this part
   */
  void onBinaryPart(WebSocket socket, ByteBuffer part, boolean last);
}
