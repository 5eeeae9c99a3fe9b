package com.example.spring;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.Rooms;
import org.springframework.stereotype.Component;

/** A bean like others, for all connections. */
@Component
class ChatHandler implements WebSocketHandler {

  private final Rooms rooms = new Rooms();
  private final Greeting greeting;

  ChatHandler(Greeting greeting) {
    this.greeting = greeting;
  }

  @Override
  public void onOpen(WebSocket socket) {
    rooms.room("lobby").join(socket);
    socket.sendText(greeting.text());
  }

  @Override
  public void onText(WebSocket socket, String text) {
    rooms.room("lobby").send(PreparedMessage.text(text));
  }
}
