package io.github.upgradehandler.example;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.security.Principal;

/** Greets who is signed in, however that was done. */
public final class Greeter implements WebSocketHandler {

  @Override
  public void onOpen(WebSocket socket) {
    socket.sendText("hello " + socket.principal().map(Principal::getName).orElse("nobody"));
  }

  @Override
  public void onText(WebSocket socket, String text) {
    socket.sendText("heard " + text);
  }
}
