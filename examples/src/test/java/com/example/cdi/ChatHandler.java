package com.example.cdi;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

@ApplicationScoped
public class ChatHandler implements WebSocketHandler {

  @Inject private Greetings greetings;

  @Override
  public void onText(WebSocket socket, String name) {
    socket.sendText(greetings.greet(name));
  }
}
