package io.github.upgradehandler.example;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.guard.SignIn;
import io.github.upgradehandler.guard.TokenVerifier;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.util.Map;

/**
 * Token in the query: {@code new WebSocket("wss://host/socket?token=" + token)}. For clients that
 * can do nothing else, since servers and proxies write the query into their access logs: have them
 * leave it out ({@code %U} instead of {@code %r} on Jetty and Tomcat), or use {@link
 * TicketServlet}.
 */
public final class QueryTokenServlet extends WebSocketServlet {

  private static final long serialVersionUID = 1L;

  @Override
  protected void configure(WebSocketConfig.Builder builder) {
    builder.guards(
        SignIn.byQuery("token", TokenVerifier.fixed(Map.of("token-of-ann", new User("ann")))));
  }

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return new Greeter();
  }
}
