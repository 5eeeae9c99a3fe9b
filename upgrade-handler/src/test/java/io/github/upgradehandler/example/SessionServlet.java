package io.github.upgradehandler.example;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.guard.SignIn;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;

/**
 * HTTP session: the browser sends the session's cookie with the handshake by itself. That it also
 * does for pages of others is why only the server's own origin is let in unless {@code
 * allowedOrigins} says otherwise. Logging out closes the connections.
 */
public final class SessionServlet extends WebSocketServlet {

  public SessionServlet() {
    super(
        WebSocketConfig.builder().guards(SignIn.required()).closeWithSession(true).build(),
        handshake -> new Greeter());
  }

  @Override
  protected void describe(HttpServletRequest request, Handshake.Builder handshake) {
    HttpSession session = request.getSession(false);
    if (session != null && session.getAttribute(LoginServlet.USER) instanceof Principal user) {
      handshake.principal(user);
    }
  }
}
