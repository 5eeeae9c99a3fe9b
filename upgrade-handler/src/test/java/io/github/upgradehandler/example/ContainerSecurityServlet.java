package io.github.upgradehandler.example;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.guard.SignIn;
import io.github.upgradehandler.servlet.WebSocketServlet;

/**
 * Container security: a {@code <security-constraint>} of {@code web.xml} covers the servlet's
 * address, and the container asks for the password. The guard only makes sure that it does.
 */
public final class ContainerSecurityServlet extends WebSocketServlet {

  public ContainerSecurityServlet() {
    super(WebSocketConfig.builder().guards(SignIn.required()).build(), handshake -> new Greeter());
  }
}
