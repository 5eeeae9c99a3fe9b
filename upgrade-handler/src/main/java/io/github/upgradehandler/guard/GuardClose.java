package io.github.upgradehandler.guard;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.internal.log.LoggedConnection;

/** How a guard closes a connection: the log says which guard it was. */
final class GuardClose {

  private GuardClose() {}

  static void close(Class<? extends Guard> guard, WebSocket socket, CloseStatus status) {
    boolean known = socket instanceof LoggedConnection && socket.isOpen();
    socket.close(status);
    if (known) {
      ((LoggedConnection) socket).closedBy(guard.getSimpleName(), status.code(), status.reason());
    }
  }
}
