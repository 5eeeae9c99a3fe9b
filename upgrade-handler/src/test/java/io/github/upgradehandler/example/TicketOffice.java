package io.github.upgradehandler.example;

import io.github.upgradehandler.guard.Tickets;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.security.Principal;

/**
 * Gives a ticket to who is signed in: {@code POST}, so that it is neither cached nor prefetched.
 */
public final class TicketOffice extends HttpServlet {

  private final transient Tickets tickets;

  /** An office that issues tickets for {@link TicketServlet}. */
  public TicketOffice(Tickets tickets) {
    this.tickets = tickets;
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    HttpSession session = request.getSession(false);
    if (session == null || !(session.getAttribute(LoginServlet.USER) instanceof Principal user)) {
      response.sendError(HttpServletResponse.SC_UNAUTHORIZED);
      return;
    }
    response.setContentType("text/plain");
    response.getWriter().print(tickets.issue(user));
  }
}
