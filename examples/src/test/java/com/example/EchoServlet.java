package com.example;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.servlet.annotation.WebServlet;

@WebServlet(urlPatterns = "/echo", asyncSupported = true, loadOnStartup = 1)
public class EchoServlet extends WebSocketServlet {

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return new EchoHandler();
  }
}
