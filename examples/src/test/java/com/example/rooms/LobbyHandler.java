package com.example.rooms;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.Rooms;

/** One for all connections. */
final class LobbyHandler implements WebSocketHandler {

  private final Rooms rooms = new Rooms();

  @Override
  public void onOpen(WebSocket socket) {
    rooms.room("lobby").join(socket);
  }

  @Override
  public void onText(WebSocket socket, String text) {
    rooms.room("lobby").sendToOthers(socket, PreparedMessage.text(text));
  }
}
