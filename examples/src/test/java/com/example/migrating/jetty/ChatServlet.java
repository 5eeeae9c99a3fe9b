package com.example.migrating.jetty;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.servlet.annotation.WebServlet;

@WebServlet(urlPatterns = "/chat", asyncSupported = true, loadOnStartup = 1)
public class ChatServlet extends WebSocketServlet {

  private final transient ChatHandler handler = new ChatHandler();

  @Override
  protected void configure(WebSocketConfig.Builder builder) {
    builder.maxMessageBytes(16_384);
  }

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return handler;
  }

  private static final class ChatHandler implements WebSocketHandler {

    private final Room everyone = new Rooms().room("everyone");

    @Override
    public void onOpen(WebSocket socket) {
      everyone.join(socket); // until it closes
    }

    @Override
    public void onText(WebSocket socket, String text) {
      everyone.send(PreparedMessage.text(text));
    }
  }
}
