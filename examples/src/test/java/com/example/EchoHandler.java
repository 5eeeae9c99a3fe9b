package com.example;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;

public class EchoHandler implements WebSocketHandler {

  @Override
  public void onText(WebSocket socket, String text) {
    socket.sendText(text);
  }
}
