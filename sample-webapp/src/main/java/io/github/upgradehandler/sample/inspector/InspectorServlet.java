package io.github.upgradehandler.sample.inspector;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;

/**
 * Connections of two kinds: one without a query is a page that looks on and is told its key; one
 * with {@code ?shown-to=KEY} is an echo whose frames that page is shown.
 */
public final class InspectorServlet extends WebSocketServlet {

  private final transient Onlookers onlookers = new Onlookers();

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    String key = handshake.parameter("shown-to").orElse(null);
    if (key == null) {
      return onlookers;
    }
    return new InspectedEcho(
        onlookers
            .find(key)
            .orElseThrow(() -> new HandshakeRefusedException(404, "Nobody looks on by that key")));
  }
}
