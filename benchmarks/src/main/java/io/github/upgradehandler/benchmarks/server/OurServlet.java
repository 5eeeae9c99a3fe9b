package io.github.upgradehandler.benchmarks.server;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;

/** Echo, or broadcast to all who are connected. */
final class OurServlet extends WebSocketServlet {

  private static final long serialVersionUID = 1L;

  private final transient Settings settings;
  private final transient WebSocketHandler handler;

  private OurServlet(Settings settings, boolean broadcasts) {
    this.settings = settings;
    this.handler = broadcasts ? new Broadcast() : new OurEcho();
  }

  static OurServlet echo(Settings settings) {
    return new OurServlet(settings, false);
  }

  static OurServlet broadcast(Settings settings) {
    return new OurServlet(settings, true);
  }

  @Override
  protected void configure(WebSocketConfig.Builder builder) {
    builder.compression(settings.compression());
    if (settings.maxMessageBytes() > 0) {
      builder.maxMessageBytes(settings.maxMessageBytes());
    }
  }

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return handler;
  }

  private final class Broadcast implements WebSocketHandler {
    @Override
    public void onText(WebSocket socket, String text) {
      PreparedMessage message = PreparedMessage.text(text);
      for (WebSocket connection : connections()) {
        connection.send(message);
      }
    }
  }
}
