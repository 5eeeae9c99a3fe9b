package io.github.upgradehandler.example;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.guard.FirstMessage;
import io.github.upgradehandler.guard.TokenVerifier;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.time.Duration;
import java.util.Map;

/**
 * First message: {@code socket.onopen = () => socket.send(token)}. Who has not sent it after a
 * second, or has sent another, is closed with 1008; the handler only ever sees who has signed in.
 */
public final class FirstMessageServlet extends WebSocketServlet {

  private static final TokenVerifier TOKENS =
      TokenVerifier.fixed(Map.of("token-of-ann", new User("ann")));

  public FirstMessageServlet() {
    super(
        WebSocketConfig.builder().guards(new FirstMessage(TOKENS, Duration.ofSeconds(1))).build(),
        handshake -> new Greeter());
  }
}
