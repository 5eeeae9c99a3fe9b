package com.example;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.servlet.WebSocketUpgrade;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.annotation.WebFilter;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** Upgrades at whatever address it is mapped to, and lets all other requests pass. */
@WebFilter(urlPatterns = "/echo", asyncSupported = true)
public class ChatFilter extends HttpFilter {

  private transient WebSocketUpgrade upgrade;

  @Override
  public void init() {
    upgrade = new WebSocketUpgrade(getServletContext(), "chat", WebSocketConfig.defaults());
  }

  @Override
  protected void doFilter(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    if (WebSocketUpgrade.isRequestedBy(request)) {
      upgrade.upgrade(request, response, handshake -> new EchoHandler());
    } else {
      chain.doFilter(request, response);
    }
  }

  @Override
  public void destroy() {
    upgrade.close();
  }
}
