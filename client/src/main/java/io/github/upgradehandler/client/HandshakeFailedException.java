package io.github.upgradehandler.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The server, or a proxy, did not agree to a WebSocket, or not as RFC 6455 section 4.1 wants it.
 * The message says what was wrong.
 */
public final class HandshakeFailedException extends IOException {

  private final transient @Nullable HandshakeResponse response;

  /**
   * A failure.
   *
   * @param response null if none could be read
   */
  public HandshakeFailedException(String message, @Nullable HandshakeResponse response) {
    super(message);
    this.response = response;
  }

  /** What was answered; empty if it could not be read. */
  public Optional<HandshakeResponse> response() {
    return Optional.ofNullable(response);
  }

  /**
   * How long the server asks to wait (RFC 9110 section 10.2.3), in seconds or as a date; empty if
   * it does not, or not readably.
   */
  public Optional<Duration> retryAfter() {
    return response().flatMap(answer -> answer.header("Retry-After")).flatMap(RetryAfter::read);
  }
}
