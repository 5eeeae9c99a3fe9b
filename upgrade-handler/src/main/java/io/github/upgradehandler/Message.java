package io.github.upgradehandler;

import java.nio.ByteBuffer;

/**
 * A whole message of a {@link Conversation}, as a value: immutable, and compared by its content.
 */
public sealed interface Message {

  /**
   * Sends it as {@link WebSocket} does, without waiting.
   *
   * @throws IllegalArgumentException if it is a text with an unpaired surrogate
   */
  SendResult sendTo(WebSocket socket);

  /**
   * A text message.
   *
   * @param text without unpaired surrogates, if it is to be sent
   */
  record Text(String text) implements Message {

    @Override
    public SendResult sendTo(WebSocket socket) {
      return socket.sendText(text);
    }
  }

  /**
   * A binary message.
   *
   * @param payload a copy; position to limit are the message
   */
  record Binary(ByteBuffer payload) implements Message {

    /** Copies position to limit; the buffer's state does not change. */
    public Binary {
      payload =
          ByteBuffer.allocate(payload.remaining())
              .put(payload.duplicate())
              .flip()
              .asReadOnlyBuffer();
    }

    /** Copies the array. */
    public Binary(byte[] payload) {
      this(ByteBuffer.wrap(payload));
    }

    /** The message, read-only; a view of its own with each call. */
    @Override
    public ByteBuffer payload() {
      return payload.duplicate();
    }

    @Override
    public SendResult sendTo(WebSocket socket) {
      return socket.sendBinary(payload());
    }

    /** The message, as a new array. */
    public byte[] bytes() {
      byte[] bytes = new byte[payload.remaining()];
      payload.duplicate().get(bytes);
      return bytes;
    }
  }
}
