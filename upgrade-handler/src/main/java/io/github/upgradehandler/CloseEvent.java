package io.github.upgradehandler;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * How a connection ended.
 *
 * @param status the status of the peer's Close frame; 1005 if that frame had none, 1006 if there
 *     was no such frame (RFC 6455 section 7.1.5)
 * @param sentStatus the status of the Close frame that this side queued, null if there was none; an
 *     answering frame repeats the peer's code
 * @param initiator which side sent the first Close frame
 * @param clean whether both Close frames were exchanged (section 7.1.4)
 */
public record CloseEvent(
    CloseStatus status, @Nullable CloseStatus sentStatus, Initiator initiator, boolean clean) {

  /** Which side started the closing handshake. */
  public enum Initiator {
    /** The application or this library. */
    LOCAL,
    /** The peer. */
    REMOTE,
    /** Neither: the transport ended without any Close frame. */
    TRANSPORT
  }

  /** The code of {@link #status}. */
  public int code() {
    return status.code();
  }

  /** The reason of {@link #status}. */
  public String reason() {
    return status.reason();
  }

  /** The status of the Close frame that this side queued. */
  public Optional<CloseStatus> sent() {
    return Optional.ofNullable(sentStatus);
  }
}
