package io.github.upgradehandler.client;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseEvent.Initiator;
import io.github.upgradehandler.CloseStatus;
import java.util.Optional;

/** What one end of a relay is told of the end of the other. */
final class RelayedEnd {

  /** Registered with IANA after the RFC: a gateway has no right answer from its server. */
  private static final int BAD_GATEWAY = 1014;

  private RelayedEnd() {}

  /** For the upstream server. */
  static CloseStatus ofClient(CloseEvent event) {
    return event.initiator() == Initiator.REMOTE
        ? passedOn(event.status())
        : CloseStatus.GOING_AWAY.withReason("the relay's client is gone");
  }

  /**
   * For the client.
   *
   * @param cut whether a message was not passed on as a whole
   */
  static CloseStatus ofUpstream(ReconnectEnd end, boolean cut) {
    Optional<Throwable> failure = end.lastFailure();
    if (failure.isPresent()) {
      return unreachable(failure.get());
    }
    Optional<CloseEvent> close = end.lastClose();
    if (close.isEmpty()) {
      return CloseStatus.GOING_AWAY;
    }
    CloseEvent event = close.get();
    return switch (event.initiator()) {
      case REMOTE -> passedOn(event.status());
      case LOCAL -> ended(event.sent().orElse(CloseStatus.GOING_AWAY));
      case TRANSPORT ->
          badGateway(
              cut
                  ? "the upstream server was lost in the middle of a message"
                  : "the upstream server was lost");
    };
  }

  static CloseStatus badGateway(String reason) {
    return CloseStatus.truncated(BAD_GATEWAY, reason);
  }

  /** The relay itself has ended the connection to its server. */
  private static CloseStatus ended(CloseStatus sent) {
    return sent.code() == CloseStatus.NORMAL.code() || sent.code() == CloseStatus.GOING_AWAY.code()
        ? CloseStatus.GOING_AWAY
        : badGateway(sent.reason());
  }

  private static CloseStatus unreachable(Throwable failure) {
    if (failure instanceof IllegalStateException) { // the relay's client is closed
      return CloseStatus.GOING_AWAY;
    }
    return failure instanceof HandshakeFailedException refused && refused.response().isPresent()
        ? badGateway(
            "the upstream server has answered "
                + refused.response().get().status()
                + " to the opening handshake")
        : badGateway("the upstream server cannot be reached");
  }

  private static CloseStatus passedOn(CloseStatus status) {
    return CloseStatus.isSendable(status.code()) ? status : CloseStatus.NORMAL;
  }
}
