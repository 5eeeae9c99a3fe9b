package io.github.upgradehandler.sample.notifications;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.sample.Heartbeat;
import io.github.upgradehandler.servlet.WebSocketServlet;

/** New notifications over WebSocket. */
public final class NotificationSocketServlet extends WebSocketServlet {

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return new WebSocketHandler() {
      @Override
      public void onOpen(WebSocket socket) {
        Notifications.SHARED.room().join(socket);
      }

      @Override
      public void onText(WebSocket socket, String text) {
        Heartbeat.answered(socket, text);
      }
    };
  }
}
