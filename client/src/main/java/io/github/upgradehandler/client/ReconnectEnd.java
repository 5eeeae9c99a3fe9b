package io.github.upgradehandler.client;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.Message;
import java.util.List;
import java.util.Optional;

/**
 * Why a {@link ReconnectingWebSocket} makes no more connections.
 *
 * @param lastClose how the last connection ended; empty if there was none
 * @param lastFailure why the last try failed; empty if it did not
 * @param unsent messages that were accepted and given to no connection, in their order
 */
public record ReconnectEnd(
    Optional<CloseEvent> lastClose, Optional<Throwable> lastFailure, List<Message> unsent) {

  /** Copies the list. */
  public ReconnectEnd {
    unsent = List.copyOf(unsent);
  }
}
