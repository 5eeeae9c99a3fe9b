package io.github.upgradehandler.example;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
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

  private static final long serialVersionUID = 1L;

  @Override
  protected void configure(WebSocketConfig.Builder builder) {
    TokenVerifier tokens = TokenVerifier.fixed(Map.of("token-of-ann", new User("ann")));
    builder.guards(new FirstMessage(tokens, Duration.ofSeconds(1)));
  }

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return new Greeter();
  }
}
