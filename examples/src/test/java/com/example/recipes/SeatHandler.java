package com.example.recipes;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;

/** One for each connection: what it keeps belongs to that one. */
record SeatHandler(String room, String seat) implements WebSocketHandler {

  @Override
  public void onText(WebSocket socket, String text) {
    socket.sendText(text + " from seat " + seat + " of " + room);
  }
}
