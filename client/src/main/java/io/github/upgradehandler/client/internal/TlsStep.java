package io.github.upgradehandler.client.internal;

import java.io.IOException;

/** The handshake of TLS. */
record TlsStep(TlsStream stream) implements Step {

  @Override
  public Progress advance() throws IOException {
    return stream.handshake();
  }

  @Override
  public void work() {
    stream.work();
  }
}
