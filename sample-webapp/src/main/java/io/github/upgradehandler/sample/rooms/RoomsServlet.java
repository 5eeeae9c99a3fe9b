package io.github.upgradehandler.sample.rooms;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;

/** The chat rooms; {@link RoomsHandler} says what is spoken there. */
public final class RoomsServlet extends WebSocketServlet {

  private final transient RoomsHandler rooms = new RoomsHandler();

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return rooms;
  }
}
