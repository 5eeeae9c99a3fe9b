package io.github.upgradehandler.testing;

import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.connection.AcceptedHandshake;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.spi.Transport;
import java.util.Map;

/** Makes connections of a group without a servlet. */
public final class Connections {

  private Connections() {}

  /** A connection whose handler may observe frames, without attributes and limits of its own. */
  public static Connection connect(
      ConnectionGroup group,
      Transport transport,
      Handshake handshake,
      String subprotocol,
      Extension extension,
      WebSocketHandler handler) {
    FrameObserver observer = handler instanceof FrameObserver observing ? observing : null;
    return group.connect(
        transport,
        new AcceptedHandshake(
            handshake, subprotocol, extension, handler, observer, Map.of(), null));
  }
}
