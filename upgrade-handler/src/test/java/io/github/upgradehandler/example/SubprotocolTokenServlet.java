package io.github.upgradehandler.example;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.guard.SignIn;
import io.github.upgradehandler.guard.TokenVerifier;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.util.List;
import java.util.Map;

/**
 * Token as a subprotocol: {@code new WebSocket(url, ["chat", "bearer." + token])}. The server
 * agrees on {@code chat}, and the token is in no log of addresses.
 */
public final class SubprotocolTokenServlet extends WebSocketServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void configure(WebSocketConfig.Builder builder) {
    TokenVerifier tokens = TokenVerifier.fixed(Map.of("token-of-ann", new User("ann")));
    builder.subprotocols(List.of("chat")).guards(SignIn.bySubprotocol("bearer.", tokens));
  }

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return new Greeter();
  }
}
