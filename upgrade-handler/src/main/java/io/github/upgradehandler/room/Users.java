package io.github.upgradehandler.room;

import io.github.upgradehandler.Recipient;
import io.github.upgradehandler.WebSocket;
import java.security.Principal;
import java.util.Optional;
import java.util.function.Function;

/** How to find the user of a connection. */
final class Users {

  private Users() {}

  /** By what an application says of its WebSockets, and by name otherwise. */
  static Function<Recipient, Optional<String>> by(Function<WebSocket, Optional<String>> userOf) {
    return recipient ->
        recipient instanceof WebSocket socket ? userOf.apply(socket) : nameOf(recipient);
  }

  static Optional<String> nameOf(Recipient recipient) {
    return Answered.by(
            recipient, "principal", recipient.principal(), "an Optional, such as Optional.empty()")
        .map(Principal::getName);
  }
}
