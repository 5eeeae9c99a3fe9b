package io.github.upgradehandler.example;

import io.github.upgradehandler.guard.TokenVerifier;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;

/** Keeps in the HTTP session who has signed in, and ends it: {@code POST} and {@code DELETE}. */
public final class LoginServlet extends HttpServlet {

  static final String USER = "user";

  private final transient TokenVerifier passwords =
      TokenVerifier.fixed(Map.of("ann:secret", new User("ann")));

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    Optional<Principal> user =
        passwords.verify(request.getParameter("name") + ":" + request.getParameter("password"));
    if (user.isEmpty()) {
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    HttpSession session = request.getSession();
    request.changeSessionId(); // nobody can have known the new one before
    session.setAttribute(USER, user.get());
    response.setContentLength(0);
  }

  @Override
  protected void doDelete(HttpServletRequest request, HttpServletResponse response) {
    HttpSession session = request.getSession(false);
    if (session != null) {
      session.invalidate();
    }
    response.setContentLength(0);
  }
}
