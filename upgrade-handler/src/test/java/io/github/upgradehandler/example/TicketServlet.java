package io.github.upgradehandler.example;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.guard.SignIn;
import io.github.upgradehandler.guard.Tickets;
import io.github.upgradehandler.servlet.WebSocketServlet;

/**
 * Single-use ticket: the page fetches one from {@link TicketOffice} and at once opens {@code
 * wss://host/socket?ticket=...}. Who finds the ticket in a log later finds it used.
 */
public final class TicketServlet extends WebSocketServlet {

  /** A servlet that takes the tickets of an office. */
  public TicketServlet(Tickets tickets) {
    super(
        WebSocketConfig.builder().guards(SignIn.byQuery("ticket", tickets)).build(),
        handshake -> new Greeter());
  }
}
