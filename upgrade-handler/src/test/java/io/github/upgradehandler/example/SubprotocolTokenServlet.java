package io.github.upgradehandler.example;

import io.github.upgradehandler.WebSocketConfig;
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

  private static final TokenVerifier TOKENS =
      TokenVerifier.fixed(Map.of("token-of-ann", new User("ann")));

  public SubprotocolTokenServlet() {
    super(
        WebSocketConfig.builder()
            .subprotocols(List.of("chat"))
            .guards(SignIn.bySubprotocol("bearer.", TOKENS))
            .build(),
        handshake -> new Greeter());
  }
}
