package io.github.upgradehandler.client.internal;

import java.io.IOException;

/** The opening handshake of WebSocket. */
record UpgradeStep(HeadExchange exchange) implements Step {

  @Override
  public Progress advance() throws IOException {
    return exchange.advance();
  }
}
