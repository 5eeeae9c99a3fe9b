package com.example.recipes;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.PathTemplate;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.servlet.annotation.WebServlet;

@WebServlet(urlPatterns = "/rooms/*", asyncSupported = true, loadOnStartup = 1)
public class RoomServlet extends WebSocketServlet {

  private static final PathTemplate PATH = PathTemplate.of("/{room}/{seat}");

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    var values =
        PATH.match(handshake.pathInfo())
            .orElseThrow(() -> new HandshakeRefusedException(404, "no such seat"));
    return new SeatHandler(values.get("room"), values.get("seat"));
  }
}
