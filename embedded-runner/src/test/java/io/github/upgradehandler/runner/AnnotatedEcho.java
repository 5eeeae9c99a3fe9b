package io.github.upgradehandler.runner;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.servlet.annotation.WebServlet;

/** The one class of a WAR. */
@WebServlet(urlPatterns = "/annotated", asyncSupported = true)
public final class AnnotatedEcho extends WebSocketServlet implements WebSocketHandler {

  private static final long serialVersionUID = 1L;

  /** For the container. */
  public AnnotatedEcho() {}

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return this;
  }

  @Override
  public void onText(WebSocket socket, String text) {
    socket.sendText(text);
  }
}
