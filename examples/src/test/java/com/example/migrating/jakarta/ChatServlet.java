package com.example.migrating.jakarta;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.PathTemplate;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.servlet.annotation.WebServlet;

@WebServlet(urlPatterns = "/chat/*", asyncSupported = true, loadOnStartup = 1)
public class ChatServlet extends WebSocketServlet {

  private static final PathTemplate PATH = PathTemplate.of("/{room}");

  private final transient Rooms rooms = new Rooms();

  @Override
  protected void configure(WebSocketConfig.Builder builder) {
    builder.maxMessageBytes(16_384);
  }

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    String room =
        PATH.match(handshake.pathInfo())
            .orElseThrow(() -> new HandshakeRefusedException(404, "no such room"))
            .get("room");
    return new ChatHandler(rooms.room(room));
  }

  private record ChatHandler(Room room) implements WebSocketHandler {

    @Override
    public void onOpen(WebSocket socket) {
      room.join(socket); // until it closes
    }

    @Override
    public void onText(WebSocket socket, String text) {
      room.send(PreparedMessage.text(text));
    }
  }
}
