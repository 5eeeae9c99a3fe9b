package com.example.migrating.spring;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;

public class ChatHandler implements WebSocketHandler {

  private final Room everyone = new Rooms().room("everyone");

  @Override
  public void onOpen(WebSocket socket) {
    everyone.join(socket);
  }

  @Override
  public void onText(WebSocket socket, String text) {
    everyone.send(PreparedMessage.text(text));
  }
}
