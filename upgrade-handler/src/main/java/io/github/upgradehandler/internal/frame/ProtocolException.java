package io.github.upgradehandler.internal.frame;

import io.github.upgradehandler.CloseStatus;

/**
 * The peer broke the protocol or a bound. Carries the status for the Close frame, whose reason
 * holds nothing but this side's options; the detail, with the section that was broken, is for this
 * side's log alone.
 */
public final class ProtocolException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient CloseStatus status;

  /** Without a stack trace: a peer decides how often this is thrown. */
  public ProtocolException(CloseStatus status, String detail) {
    super(detail, null, false, false);
    this.status = status;
  }

  /** 1002, for a breach of RFC 6455. */
  public static ProtocolException breach(String detail) {
    return new ProtocolException(CloseStatus.PROTOCOL_ERROR.withReason("protocol error"), detail);
  }

  /** 1007, for text that is not UTF-8 (section 8.1). */
  public static ProtocolException notUtf8(String detail) {
    return new ProtocolException(CloseStatus.INVALID_PAYLOAD.withReason("invalid UTF-8"), detail);
  }

  /**
   * 1009, for a frame or a message beyond its bound (section 7.4.1).
   *
   * @param bound what decides, with its value
   */
  public static ProtocolException tooBig(String bound, String detail) {
    return new ProtocolException(
        CloseStatus.MESSAGE_TOO_BIG.withReason("message too big: " + bound),
        detail + " (" + bound + ")");
  }

  /** 1008, for what this endpoint does not accept. */
  public static ProtocolException unacceptable(String reason, String detail) {
    return new ProtocolException(CloseStatus.POLICY_VIOLATION.withReason(reason), detail);
  }

  /** The status to close with. */
  public CloseStatus status() {
    return status;
  }
}
