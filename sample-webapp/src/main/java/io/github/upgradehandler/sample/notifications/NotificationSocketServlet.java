package io.github.upgradehandler.sample.notifications;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.sample.Heartbeat;
import io.github.upgradehandler.sample.Seen;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.util.Optional;

/**
 * New notifications over WebSocket. Who has some already gives the position of the last one as the
 * query parameter {@code seen}.
 */
public final class NotificationSocketServlet extends WebSocketServlet {

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    Optional<Position> seen = Seen.in(handshake);
    return new WebSocketHandler() {
      @Override
      public void onOpen(WebSocket socket) {
        Room room = Notifications.SHARED.room();
        seen.ifPresentOrElse(position -> room.resume(socket, position), () -> room.join(socket));
      }

      @Override
      public void onText(WebSocket socket, String text) {
        Heartbeat.answered(socket, text);
      }
    };
  }
}
