package com.example.server;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;

/** Sends back what comes. */
public final class EchoHandler implements WebSocketHandler {

  /** For the servlet that knows this class by name. */
  public EchoHandler() {}

  @Override
  public void onText(WebSocket socket, String text) {
    socket.sendText(text);
  }
}
