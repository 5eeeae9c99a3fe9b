package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.internal.log.Log.LOG;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger.Level;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Whether a session is the container's own. One that a filter has put in its place, as Spring
 * Session does, tells its attributes nothing of its end, and counts requests alone as use.
 */
final class SessionOrigin {

  private final AtomicBoolean told = new AtomicBoolean();

  /** Says so in the log, the first time. */
  void warnIfReplaced(String servlet, HttpSession session, HttpServletRequest own) {
    if (vendor(session).equals(vendor(own)) || !told.compareAndSet(false, true)) {
      return;
    }
    LOG.log(
        Level.WARNING,
        "servlet '"
            + servlet
            + "': the HTTP session is not the container's but a "
            + session.getClass().getName()
            + ", which does not tell of its end: closeWithSession and messagesUseSession may"
            + " do nothing; close sockets by its own events");
  }

  /** The first two parts of a class's name, which a container's classes have in common. */
  private static String vendor(Object of) {
    String[] parts = of.getClass().getName().split("\\.", 3);
    return parts.length < 3 ? "" : parts[0] + '.' + parts[1];
  }
}
