package io.github.upgradehandler;

import java.nio.ByteBuffer;

/**
 * What an application does with one connection, or with many.
 *
 * <p>The methods of one connection are called one after another, never two at a time, each seeing
 * the memory effects of the one before; different connections call at the same time. They run on a
 * thread of the container, or on {@link WebSocketConfig#executor} where one is set. While a method
 * runs nothing more is read from its connection, so a slow handler slows its peer and no other.
 *
 * <p>A kind of message whose method is not overridden is not accepted: a handler that overrides
 * neither {@link #onText} nor {@link #onBinary}, since it only sends, closes a client that sends.
 *
 * <p>What a method throws is logged and closes its connection with 1011; a {@link CloseException}
 * closes it with its own status. Other connections are not touched.
 */
public interface WebSocketHandler extends HandshakeAnswer {

  /**
   * The connection is open; called first and once. The client may know already, since the container
   * sends the handshake's response before: if no event may be lost, start on the client's first
   * message.
   */
  default void onOpen(WebSocket socket) {}

  /**
   * A whole text message. Not overridden, it closes with 1003 (RFC 6455 section 7.4.1): this
   * handler takes no text.
   */
  default void onText(WebSocket socket, String text) {
    socket.close(CloseStatus.UNSUPPORTED_DATA.withReason("this endpoint takes no text messages"));
  }

  /**
   * A whole binary message. Not overridden, it closes with 1003 (section 7.4.1): this handler takes
   * nothing binary.
   *
   * @param payload position to limit are the message; backed by a buffer that is used again, so
   *     <b>valid only during the call</b>: copy what must live longer
   */
  default void onBinary(WebSocket socket, ByteBuffer payload) {
    socket.close(CloseStatus.UNSUPPORTED_DATA.withReason("this endpoint takes no binary messages"));
  }

  /**
   * A ping; it was answered already (RFC 6455 section 5.5.2).
   *
   * @param payload at most 125 bytes, valid only during the call
   */
  default void onPing(WebSocket socket, ByteBuffer payload) {}

  /**
   * A pong, asked for or not (section 5.5.3).
   *
   * @param payload at most 125 bytes, valid only during the call
   */
  default void onPong(WebSocket socket, ByteBuffer payload) {}

  /**
   * {@link WebSocket#bufferedBytes} came back to {@link Flow#outboundWatermarkBytes} or below,
   * after it was above: a sender that held back may go on.
   */
  default void onDrain(WebSocket socket) {}

  /**
   * Something failed: the peer broke the protocol, the transport ended, a deadline passed, or a
   * method of this handler threw. {@link #onClose} follows.
   */
  default void onError(WebSocket socket, Throwable error) {}

  /** The connection has ended; called last and exactly once if {@link #onOpen} was called. */
  default void onClose(WebSocket socket, CloseEvent event) {}
}
