package io.github.upgradehandler.client.internal;

import io.github.upgradehandler.client.HandshakeFailedException;
import io.github.upgradehandler.client.HandshakeResponse;
import java.io.IOException;

/** A way through an HTTP proxy (RFC 9110 section 9.3.6). */
record ConnectStep(HeadExchange exchange) implements Step {

  @Override
  public Progress advance() throws IOException {
    Progress progress = exchange.advance();
    if (progress == Progress.DONE) {
      HandshakeResponse response = exchange.response();
      if (response.status() < 200 || response.status() > 299) {
        String status = (response.status() + " " + response.reason()).strip();
        throw new HandshakeFailedException(
            "the proxy has answered " + status + " to CONNECT", response);
      }
      if (exchange.rest().length > 0) {
        throw new HandshakeFailedException(
            "the proxy has sent something of its own after its answer to CONNECT", response);
      }
    }
    return progress;
  }
}
