package io.github.upgradehandler.example;

import io.github.upgradehandler.WebSocketConfig;
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

  private static final TokenVerifier TOKENS =
      TokenVerifier.fixed(Map.of("token-of-ann", new User("ann")));

  public QueryTokenServlet() {
    super(
        WebSocketConfig.builder().guards(SignIn.byQuery("token", TOKENS)).build(),
        handshake -> new Greeter());
  }
}
