package io.github.upgradehandler.containers.app;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.util.Locale;

/** The one class of the WAR that is otherwise only web.xml. */
public final class Shout implements WebSocketHandler {

  @Override
  public void onText(WebSocket socket, String text) {
    socket.sendText(text.toUpperCase(Locale.ROOT));
  }
}
