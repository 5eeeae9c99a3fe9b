package io.github.upgradehandler.guard;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;

/** What happens to a connection for a message beyond its rate, which the handler never sees. */
@FunctionalInterface
public interface Excess {

  /** Closes with 1013, since what passes is no reason to stay away. */
  Excess CLOSE =
      socket ->
          GuardClose.close(
              RateLimit.class, socket, CloseStatus.TRY_AGAIN_LATER.withReason("too fast"));

  /** Nothing: the message is dropped. */
  Excess DROP = socket -> {};

  /** The message is dropped, and answered with another. */
  static Excess answer(PreparedMessage message) {
    return socket -> socket.send(message);
  }

  /** Acts; called like a method of the handler. */
  void exceeded(WebSocket socket);
}
