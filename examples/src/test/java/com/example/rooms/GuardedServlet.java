package com.example.rooms;

import com.example.EchoHandler;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.guard.AddressLimit;
import io.github.upgradehandler.guard.ClientAddress;
import io.github.upgradehandler.guard.ConnectionLimit;
import io.github.upgradehandler.guard.RateLimit;
import io.github.upgradehandler.guard.SignIn;
import io.github.upgradehandler.guard.TokenVerifier;
import io.github.upgradehandler.servlet.WebSocketServlet;

/** Limits, and a ticket in the query. */
final class GuardedServlet extends WebSocketServlet {

  private final transient TokenVerifier tickets;

  GuardedServlet(TokenVerifier tickets) {
    super(handshake -> new EchoHandler());
    this.tickets = tickets;
  }

  @Override
  protected void configure(WebSocketConfig.Builder builder) {
    builder.guards(
        new ConnectionLimit(10_000),
        new AddressLimit(20, ClientAddress.behindProxies("10.0.0.0/8")),
        RateLimit.builder().messages(20, 100).bytes(65_536, 1_048_576).build(),
        SignIn.byQuery("ticket", tickets));
  }
}
