package io.github.upgradehandler.example;

import io.github.upgradehandler.Acceptance;
import io.github.upgradehandler.Attribute;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketUpgrade;
import jakarta.servlet.FilterChain;
import jakarta.servlet.FilterConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * A filter that upgrades with a lambda and lets all other requests pass. What the connection is to
 * know of the request is taken from it while it is there.
 */
public final class ChatFilter extends HttpFilter {

  private static final Attribute<String> TENANT = Attribute.of("tenant", String.class);

  private transient WebSocketUpgrade upgrade;

  @Override
  public void init(FilterConfig config) {
    upgrade = new WebSocketUpgrade(config.getServletContext(), "chat", WebSocketConfig.defaults());
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (WebSocketUpgrade.isRequestedBy(request)) {
      upgrade.upgrade(
          request,
          response,
          handshake ->
              Acceptance.of(new Greeting())
                  .withAttribute(TENANT, request.getServerName())
                  .withHeader("Set-Cookie", "node=1; Path=/; HttpOnly"));
    } else {
      chain.doFilter(request, response);
    }
  }

  @Override
  public void destroy() {
    upgrade.close();
  }

  private static final class Greeting implements WebSocketHandler {
    @Override
    public void onText(WebSocket socket, String name) {
      socket.sendText("hello " + name + " of " + socket.attribute(TENANT).orElse("nowhere"));
    }
  }
}
