package io.github.upgradehandler.sample;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;

/** One room for everyone; {@link ChatHandler} says what is spoken there. */
public final class ChatServlet extends WebSocketServlet {

  private final transient ChatHandler room = new ChatHandler();

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return room;
  }
}
