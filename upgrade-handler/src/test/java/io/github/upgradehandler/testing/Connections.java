package io.github.upgradehandler.testing;

import io.github.upgradehandler.Acceptance;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.connection.AcceptedHandshake;
import io.github.upgradehandler.internal.connection.Admitted;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.spi.Transport;

/** Makes connections of a group without a servlet. */
public final class Connections {

  private Connections() {}

  /**
   * A connection that the guards of its group let in, without attributes and limits of its own; its
   * handler may observe frames.
   */
  public static Connection connect(
      ConnectionGroup group,
      Transport transport,
      Handshake handshake,
      String subprotocol,
      Extension extension,
      WebSocketHandler handler) {
    Acceptance acceptance = Acceptance.of(handler);
    Acceptance agreed = subprotocol == null ? acceptance : acceptance.withSubprotocol(subprotocol);
    AcceptedHandshake accepted =
        Admitted.by(group.config().guards(), handshake)
            .accept(agreed.subprotocol().stream().toList(), let -> agreed);
    return group.connect(transport, accepted.withExtension(extension));
  }
}
