package com.example.cdi;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;

@WebServlet(urlPatterns = "/chat", asyncSupported = true, loadOnStartup = 1)
public class ChatServlet extends WebSocketServlet {

  @Inject private transient ChatHandler handler;

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return handler;
  }
}
