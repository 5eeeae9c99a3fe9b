package io.github.upgradehandler.sample.notifications;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.servlet.EventStreamServlet;

/** New notifications as server-sent events. */
public final class NotificationStreamServlet extends EventStreamServlet {

  @Override
  protected Room accept(Handshake request) {
    return Notifications.SHARED.room();
  }
}
