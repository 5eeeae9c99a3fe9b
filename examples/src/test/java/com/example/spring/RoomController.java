package com.example.spring;

import io.github.upgradehandler.Acceptance;
import io.github.upgradehandler.Attribute;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketUpgrade;
import jakarta.servlet.ServletContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

@Controller
class RoomController implements AutoCloseable {

  private static final Attribute<String> ROOM = Attribute.of("room", String.class);

  private final WebSocketUpgrade upgrade;

  RoomController(ServletContext context) {
    upgrade = new WebSocketUpgrade(context, "rooms", WebSocketConfig.defaults());
  }

  @GetMapping("/rooms/{room}")
  void join(
      @PathVariable("room") String room, HttpServletRequest request, HttpServletResponse response) {
    upgrade.upgrade(
        request, response, handshake -> Acceptance.of(new RoomHandler()).withAttribute(ROOM, room));
  }

  @Override
  public void close() {
    upgrade.close();
  }

  private static final class RoomHandler implements WebSocketHandler {

    @Override
    public void onText(WebSocket socket, String text) {
      socket.sendText(socket.attribute(ROOM).orElseThrow() + ": " + text);
    }
  }
}
