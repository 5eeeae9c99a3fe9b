package io.github.upgradehandler;

import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The answer to an opening handshake that is not accepted (RFC 6455 section 4.2.2): an HTTP status,
 * a line for the client and headers. An application throws it where it decides about a handshake;
 * it has no stack trace, since it is an answer and not a fault.
 */
public final class HandshakeRefusedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;
  private final @Nullable String detail;

  /**
   * A refusal without headers.
   *
   * @param status an HTTP status from 300 to 599
   * @param reason one line, sent to the client as text
   */
  public HandshakeRefusedException(int status, String reason) {
    this(status, reason, Map.of());
  }

  /**
   * A refusal.
   *
   * @param status an HTTP status from 300 to 599
   * @param reason one line, sent to the client as text
   * @param headers set on the response, such as {@code Retry-After} or {@code WWW-Authenticate}
   * @throws IllegalArgumentException if the status is not one of a refusal
   */
  public HandshakeRefusedException(int status, String reason, Map<String, String> headers) {
    this(status, reason, headers, null);
  }

  private HandshakeRefusedException(
      int status, String reason, Map<String, String> headers, @Nullable String detail) {
    super(reason, null, false, false);
    if (status < 300 || status > 599) {
      throw new IllegalArgumentException("HTTP status " + status + " is not a refusal: 300 to 599");
    }
    this.status = status;
    this.headers = Map.copyOf(headers);
    this.detail = detail;
  }

  /**
   * The same with more for the log, which has one line for each refusal: such as what decided, and
   * where it is configured.
   *
   * @param value one line without secrets; the client is not told
   */
  public HandshakeRefusedException withDetail(String value) {
    return new HandshakeRefusedException(status, reason(), headers, value);
  }

  /** The HTTP status. */
  public int status() {
    return status;
  }

  /** The line for the client. */
  public String reason() {
    return String.valueOf(getMessage());
  }

  /** What stands in the log beside the reason, see {@link #withDetail}. */
  public Optional<String> detail() {
    return Optional.ofNullable(detail);
  }

  /** The headers of the response. */
  public Map<String, String> headers() {
    return headers;
  }
}
