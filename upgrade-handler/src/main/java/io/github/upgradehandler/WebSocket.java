package io.github.upgradehandler;

import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentMap;

/**
 * One open connection, as the application sees it.
 *
 * <p>Thread-safe; no method blocks. What one thread sends arrives in the order in which it was
 * sent. Sending to a connection that is closing or closed is no error: it answers {@link
 * SendResult#CLOSED}.
 *
 * <p>What a {@link WebSocketHandler} sends while one of its methods runs is written when the method
 * and those for the other messages of the same read have returned, in one piece; a handler that
 * goes on for long after sending calls {@link #flush}.
 *
 * <p>Implemented by the library, not by applications: methods may be added.
 */
public interface WebSocket extends Recipient {

  /** The request that opened this connection. */
  Handshake handshake();

  /** The subprotocol agreed on in the handshake (RFC 6455 section 1.9), if any. */
  Optional<String> subprotocol();

  /**
   * The user that is signed in: the one that {@link #signIn} has named, else {@link
   * Handshake#principal}.
   */
  @Override
  Optional<Principal> principal();

  /** Sets the user that is signed in, for sign-in after the handshake. */
  void signIn(Principal principal);

  /** Where the connection stands. */
  ConnectionState state();

  /** Whether messages can be sent. */
  default boolean isOpen() {
    return state().canSend();
  }

  /**
   * Sends a text message.
   *
   * @throws IllegalArgumentException if the text holds an unpaired surrogate, which has no UTF-8
   */
  SendResult sendText(String text);

  /**
   * Sends the next fragment of a text message (section 5.4). Whole messages sent before the last
   * fragment wait for it; pings and pongs pass.
   *
   * @param fragment whole code points; may be empty
   * @param last whether the message ends with this fragment
   * @throws IllegalStateException if a fragmented binary message has not ended yet
   * @throws IllegalArgumentException if the fragment holds an unpaired surrogate
   */
  SendResult sendText(String fragment, boolean last);

  /** Sends a binary message; position to limit are copied, the buffer's state does not change. */
  SendResult sendBinary(ByteBuffer payload);

  /** Sends a binary message; the array is copied. */
  default SendResult sendBinary(byte[] payload) {
    return sendBinary(ByteBuffer.wrap(payload));
  }

  /**
   * Sends the next fragment of a binary message; see {@link #sendText(String, boolean)}.
   *
   * @throws IllegalStateException if a fragmented text message has not ended yet
   */
  SendResult sendBinary(ByteBuffer fragment, boolean last);

  /**
   * Sends a ping and measures the time to its pong.
   *
   * @return completes with the time when the pong comes, or one to a later ping (section 5.5.3);
   *     exceptionally with an {@link java.io.IOException} if the connection ends before, or too
   *     much waits to be sent. Dependent actions run one after another with the handler's methods;
   *     they must not block
   */
  CompletionStage<Duration> ping();

  /**
   * Sends a pong that no ping has asked for (section 5.5.3); pings are answered by the library.
   *
   * @throws IllegalArgumentException if the payload is over 125 bytes
   */
  SendResult sendPong(ByteBuffer payload);

  /**
   * Sends a ping (section 5.5.2). The library sends its own, see {@link Timeouts#pingInterval};
   * this one is for applications that want to. One passes however much waits to be sent; those that
   * wait after it count as messages do.
   *
   * @throws IllegalArgumentException if the payload is over 125 bytes
   */
  SendResult sendPing(ByteBuffer payload);

  /** Starts writing what is queued now, without waiting for the handler to return. */
  void flush();

  /**
   * A stage that completes when the container has taken everything accepted so far, and
   * exceptionally with an {@link java.io.IOException} if the connection ends before. Flushes. It
   * may be complete already. Dependent actions run on the thread that wrote last or, after some in
   * a row, on one of the library's, so that the next message may be sent in one; they must not
   * block.
   */
  CompletionStage<Void> whenSent();

  /**
   * Bytes accepted but not yet taken by the container, frame headers included. Whole messages that
   * wait for the end of a fragmented one are counted by their payload, and against {@link
   * Flow#outboundLimitBytes} with 64 bytes more for each.
   */
  long bufferedBytes();

  /**
   * Whether {@link #bufferedBytes} is above the option {@code outboundWatermarkBytes}: a sender
   * that can hold back does so until {@link WebSocketHandler#onDrain}, or {@link #whenSent}.
   */
  boolean isAboveWatermark();

  /**
   * Stops delivering messages, and reading, until {@link #resume}: TCP then holds the peer back.
   * Called inside the handler, the message or part at hand is the last. Pings are not answered and
   * a Close frame is not seen meanwhile; heartbeat and frame deadlines stand still. So a peer that
   * has gone may not be noticed before {@link #resume}: the application must bound each pause, by a
   * timer of its own and {@link #abort}.
   */
  void pause();

  /** Takes back {@link #pause}. */
  void resume();

  /** How large what the peer sends may be. */
  Limits limits();

  /**
   * Sets other limits, such as larger ones after a sign-in. They hold for what is still to be
   * handled: called in a method of the handler, for all that follows; else for what is not being
   * handled at the moment, also of a message that has begun.
   */
  void setLimits(Limits limits);

  /** Closes with 1000. */
  default void close() {
    close(CloseStatus.NORMAL);
  }

  /**
   * Starts the closing handshake (section 7.1.2): everything accepted before is written first, then
   * the Close frame. Only whole messages that wait for the end of a fragmented one are dropped.
   * Messages that the peer sent before its own Close frame are still delivered. The TCP connection
   * ends when the peer has answered, or after {@link Timeouts#closeTimeout}. Does nothing if the
   * connection is closing already.
   *
   * @throws IllegalArgumentException if the code must not be sent
   */
  void close(CloseStatus status);

  /**
   * Starts the closing handshake with a code and a reason, see {@link #close(CloseStatus)}.
   *
   * @param reason cut at a code point where it is longer than 123 bytes of UTF-8 (RFC 6455 section
   *     5.5)
   * @throws IllegalArgumentException if the code must not be sent
   */
  default void close(int code, String reason) {
    close(CloseStatus.truncated(code, reason));
  }

  /** Ends the TCP connection at once, without a Close frame; what is queued is dropped. */
  void abort();

  /**
   * A stage that completes when the connection has ended, just before {@link
   * WebSocketHandler#onClose} and one after another with the handler's methods; also if the
   * connection never opened. For code besides the handler that keeps something for the connection.
   * Dependent actions must not block.
   */
  @Override
  CompletionStage<CloseEvent> whenClosed();

  /** The time from the last ping that the library sent to its pong; empty until there was one. */
  Optional<Duration> roundTripTime();

  /**
   * Values that the application keeps with this connection; at first those of {@link
   * Handshake#attributes} and {@link Acceptance#withAttribute}.
   */
  ConcurrentMap<String, Object> attributes();

  /**
   * A value of {@link #attributes}.
   *
   * @throws ClassCastException if there is one of another type
   */
  default <T> Optional<T> attribute(Attribute<T> key) {
    return Optional.ofNullable(key.type().cast(attributes().get(key.name())));
  }

  /** Keeps a value in {@link #attributes}. */
  default <T> void setAttribute(Attribute<T> key, T value) {
    attributes().put(key.name(), key.type().cast(value));
  }
}
