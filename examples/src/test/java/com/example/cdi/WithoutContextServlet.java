package com.example.cdi;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.enterprise.context.ContextNotActiveException;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;

/** Shows that a handler has no request scope of its own. */
@WebServlet(urlPatterns = "/without", asyncSupported = true, loadOnStartup = 1)
public class WithoutContextServlet extends WebSocketServlet {

  @Inject private transient Greetings greetings;

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return new WithoutContext(greetings);
  }

  private record WithoutContext(Greetings greetings) implements WebSocketHandler {

    @Override
    public void onText(WebSocket socket, String name) {
      try {
        socket.sendText(greetings.greetWithoutContext(name));
      } catch (ContextNotActiveException e) {
        socket.sendText("no request scope");
      }
    }
  }
}
