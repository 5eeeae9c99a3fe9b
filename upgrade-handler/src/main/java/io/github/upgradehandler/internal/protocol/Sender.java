package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.ConnectionState;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.spi.Role;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * What one end sends: messages and control events become frames, in the order and at the times that
 * the protocol allows. Not thread-safe, but for the methods that say so.
 */
public final class Sender {

  private final Role role;
  private final FrameOutput output;
  private final OutgoingMessages messages;
  private final ClosingHandshake closing = new ClosingHandshake();
  private boolean lost;

  /**
   * The sending half of the protocol for one connection.
   *
   * @param role this end
   * @param extension what was agreed on, if anything
   */
  public Sender(Role role, FrameOutput output, @Nullable Extension extension) {
    this.role = role;
    this.output = output;
    this.messages = new OutgoingMessages(role, output, extension);
  }

  /**
   * Sends a whole message, or keeps a copy until the fragmented one has ended (section 5.4).
   *
   * @param kind text or binary
   * @throws IllegalStateException after the Close frame (section 5.5.1)
   */
  public void message(Opcode kind, ByteBuffer payload) {
    requireOpen();
    messages.add(kind, payload);
  }

  /**
   * The frame of a message for all connections of the same encoding; null if there is none.
   * Thread-safe.
   */
  public byte @Nullable [] sharedFrame(PreparedMessage message) {
    return messages.sharedFrame(message);
  }

  /**
   * The same for a message of which {@link #sharedFrame} is known.
   *
   * @throws IllegalStateException after the Close frame (section 5.5.1)
   */
  public void message(PreparedMessage message, byte @Nullable [] sharedFrame) {
    requireOpen();
    messages.add(message, sharedFrame);
  }

  /**
   * Sends a fragment of a message (section 5.4).
   *
   * @param kind text or binary, also where it is not the first fragment
   * @throws IllegalStateException if it is of another kind than the ones before, or after the Close
   *     frame (section 5.5.1); nothing is sent
   */
  public void fragment(Opcode kind, ByteBuffer payload, boolean last) {
    requireOpen();
    messages.addFragment(kind, payload, last);
  }

  /**
   * Sends a ping (section 5.5.2), also between the fragments of a message.
   *
   * @param payload at most {@link Opcode#MAX_CONTROL_PAYLOAD} bytes
   * @throws IllegalStateException after the Close frame (section 5.5.1)
   */
  public void ping(ByteBuffer payload) {
    requireOpen();
    output.add(Opcode.PING, true, 0, payload);
  }

  /**
   * Sends a pong that no ping has asked for (section 5.5.3).
   *
   * @param payload at most {@link Opcode#MAX_CONTROL_PAYLOAD} bytes
   * @throws IllegalStateException after the Close frame (section 5.5.1)
   */
  public void unsolicitedPong(ByteBuffer payload) {
    requireOpen();
    output.add(Opcode.PONG, true, 0, payload);
  }

  /**
   * Answers a ping (section 5.5.3), unless the Close frame went before. While the peer does not
   * read, only the latest answer waits, so that it cannot make this end hoard pongs.
   *
   * @param blocked whether the peer does not read
   * @return whether the answer is sent
   */
  public boolean pong(ByteBuffer payload, boolean blocked) {
    if (!canSend()) {
      return false;
    }
    if (blocked) {
      output.addUrgentPong(payload);
    } else {
      output.add(Opcode.PONG, true, 0, payload);
    }
    return true;
  }

  /**
   * Sends a Close frame after everything else (section 7.1.2), unless one went before. What was
   * kept for the end of a fragmented message is dropped.
   */
  public void close(CloseStatus status) {
    if (closing.send(status)) {
      messages.end();
      output.add(Opcode.CLOSE, true, 0, closePayload(status));
    }
  }

  /**
   * The peer's Close frame has come: repeats its code, unless a Close frame went before (5.5.1).
   */
  public void closeReceived(CloseStatus status) {
    closing.receive(status);
    close(new CloseStatus(status.code(), ""));
  }

  /** The transport takes nothing more, or the peer sends nothing more: no frame is to follow. */
  public void lose() {
    lost = true;
    closing.lose();
    messages.end();
  }

  /**
   * Whether this end is to end TCP once everything is sent: the server when both Close frames are
   * exchanged, the client after the server has ended it (section 7.1.1).
   */
  public boolean endsTransport() {
    return lost || (role == Role.SERVER && state() == ConnectionState.CLOSED);
  }

  /** Whether messages and pings may be sent. */
  public boolean canSend() {
    return state().canSend();
  }

  /** Where the closing handshake stands. */
  public ConnectionState state() {
    return closing.state();
  }

  /** How the connection ended (sections 7.1.4 to 7.1.6). */
  public CloseEvent event() {
    return closing.event();
  }

  /** Whether messages wait for the end of a fragmented one. */
  public boolean isHolding() {
    return messages.isHolding();
  }

  /** Bytes of payload that wait for the end of a fragmented message; thread-safe. */
  public long heldBytes() {
    return messages.heldBytes();
  }

  /** Bytes that it costs to hold the messages that wait, beside their payload. */
  public long holdingBytes() {
    return messages.holdingBytes();
  }

  private void requireOpen() {
    if (!canSend()) {
      throw new IllegalStateException("nothing follows a Close frame (RFC 6455 section 5.5.1)");
    }
  }

  /** The code and the reason; nothing where the peer gave no code to repeat (section 5.5.1). */
  private static ByteBuffer closePayload(CloseStatus status) {
    if (status.equals(CloseStatus.NO_STATUS_RECEIVED)) {
      return ByteBuffer.allocate(0);
    }
    return ByteBuffer.allocate(Opcode.MAX_CONTROL_PAYLOAD)
        .putShort((short) status.code())
        .put(status.reason().getBytes(StandardCharsets.UTF_8))
        .flip();
  }
}
