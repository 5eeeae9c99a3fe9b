package io.github.upgradehandler;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/**
 * A status code and a reason for closing (RFC 6455 section 7.4).
 *
 * @param code 1000 to 4999; {@link #isSendable} says which of them may stand in a Close frame
 * @param reason for people reading logs, never for programs; at most {@value #MAX_REASON_BYTES}
 *     bytes in UTF-8, empty for none
 */
public record CloseStatus(int code, String reason) {

  /** 123: a control frame carries 125 bytes (section 5.5), two of them are the code. */
  public static final int MAX_REASON_BYTES = Limits.CONTROL_FRAME_BYTES - 2;

  /** 1000: the purpose of the connection is fulfilled. */
  public static final CloseStatus NORMAL = new CloseStatus(1000, "");

  /** 1001: the server goes down or the page is left. */
  public static final CloseStatus GOING_AWAY = new CloseStatus(1001, "");

  /** 1002: the peer broke the protocol. */
  public static final CloseStatus PROTOCOL_ERROR = new CloseStatus(1002, "");

  /** 1003: the peer sent a kind of data that is not accepted here. */
  public static final CloseStatus UNSUPPORTED_DATA = new CloseStatus(1003, "");

  /** 1005: the peer's Close frame had no code. Never sent. */
  public static final CloseStatus NO_STATUS_RECEIVED = new CloseStatus(1005, "");

  /** 1006: the connection was lost without a Close frame from the peer. Never sent. */
  public static final CloseStatus ABNORMAL = new CloseStatus(1006, "");

  /** 1007: a text message was not UTF-8. */
  public static final CloseStatus INVALID_PAYLOAD = new CloseStatus(1007, "");

  /** 1008: the peer broke a rule of this endpoint that has no code of its own. */
  public static final CloseStatus POLICY_VIOLATION = new CloseStatus(1008, "");

  /** 1009: a message was larger than this endpoint takes. */
  public static final CloseStatus MESSAGE_TOO_BIG = new CloseStatus(1009, "");

  /** 1011: this endpoint failed. */
  public static final CloseStatus INTERNAL_ERROR = new CloseStatus(1011, "");

  /** 1012: the service restarts; registered with IANA after the RFC. */
  public static final CloseStatus SERVICE_RESTART = new CloseStatus(1012, "");

  /** 1013: come back later; registered with IANA after the RFC. */
  public static final CloseStatus TRY_AGAIN_LATER = new CloseStatus(1013, "");

  /**
   * Checks the ranges above.
   *
   * @throws IllegalArgumentException if the code is outside 1000 to 4999, or the reason is too long
   *     or holds an unpaired surrogate
   */
  public CloseStatus {
    if (code < 1000 || code > 4999) {
      throw new IllegalArgumentException(
          "close code " + code + " is outside 1000 to 4999 (RFC 6455 section 7.4.2)");
    }
    int bytes = encode(reason).remaining();
    if (bytes > MAX_REASON_BYTES) {
      throw new IllegalArgumentException(
          "close reason has "
              + bytes
              + " bytes, at most "
              + MAX_REASON_BYTES
              + " fit a control frame (RFC 6455 section 5.5)");
    }
  }

  /**
   * A status that may be sent.
   *
   * @throws IllegalArgumentException if {@link #isSendable} denies the code, or the reason does not
   *     fit
   */
  public static CloseStatus of(int code, String reason) {
    return new CloseStatus(code, reason).requireSendable();
  }

  /**
   * A status that may be sent, with as much of a reason as fits (RFC 6455 section 5.5): cut at a
   * code point, and with a question mark for an unpaired surrogate.
   *
   * @throws IllegalArgumentException if {@link #isSendable} denies the code
   */
  public static CloseStatus truncated(int code, String reason) {
    byte[] bytes = reason.getBytes(StandardCharsets.UTF_8);
    int end = Math.min(bytes.length, MAX_REASON_BYTES);
    while (end < bytes.length && isContinuation(bytes[end])) {
      end--;
    }
    return of(code, new String(bytes, 0, end, StandardCharsets.UTF_8));
  }

  /** A byte of UTF-8 that no code point begins with. */
  private static boolean isContinuation(byte value) {
    return value < (byte) 0xC0;
  }

  /**
   * Whether a code may stand in a Close frame: the codes registered with IANA that are meant for
   * the wire (1000-1003, 1007-1014), libraries' (3000-3999) and applications' (4000-4999).
   */
  public static boolean isSendable(int code) {
    return (code >= 1000 && code <= 1003)
        || (code >= 1007 && code <= 1014)
        || (code >= 3000 && code <= 4999);
  }

  /** The same code with a reason. */
  public CloseStatus withReason(String newReason) {
    return new CloseStatus(code, newReason);
  }

  /**
   * This status, if it may be sent.
   *
   * @throws IllegalArgumentException if the code is one that only reports (1004, 1005, 1006, 1015)
   *     or is not registered
   */
  CloseStatus requireSendable() {
    if (!isSendable(code)) {
      throw new IllegalArgumentException(
          "close code " + code + " must not be sent (RFC 6455 section 7.4)");
    }
    return this;
  }

  private static ByteBuffer encode(String reason) {
    try {
      return StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(reason));
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("close reason holds an unpaired surrogate", e);
    }
  }
}
