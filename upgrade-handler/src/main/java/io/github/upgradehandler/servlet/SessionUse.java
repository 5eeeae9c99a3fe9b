package io.github.upgradehandler.servlet;

import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger.Level;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import org.jspecify.annotations.Nullable;

/**
 * Counts what a peer sends as use of its HTTP session, so that the session does not time out under
 * it. The servlet API knows requests only, so this goes by what containers make of other calls:
 *
 * <ul>
 *   <li>Jetty (12.1.14) and Undertow (2.3.26) reckon a session's time anew when its {@code
 *       maxInactiveInterval} is set, also to what it was.
 *   <li>Tomcat (10.1.59, 11.0.24) reckons from the last request; {@code access} and {@code
 *       endAccess} of its session, reached by reflection, are what it calls for one.
 * </ul>
 *
 * <p>For one reading thread at a time.
 */
final class SessionUse {

  private static final long AT_MOST_EVERY_NANOS = 1_000_000_000L;
  private static final String TOMCAT = "org.apache.catalina.session.StandardSessionFacade";

  // RFC 6455 sections 5.2, 5.5.2 and 5.5.3.
  private static final int OPCODE = 0x0f;
  private static final int PING = 0x9;
  private static final int PONG = 0xa;
  private static final int LENGTH = 0x7f;
  private static final int HEAD_BYTES = 6;

  private final HttpSession session;
  private final @Nullable Object own;
  private long touchedAt = System.nanoTime();

  SessionUse(HttpSession session) {
    this.session = session;
    this.own = session.getClass().getName().equals(TOMCAT) ? inner(session) : null;
  }

  private static @Nullable Object inner(HttpSession facade) {
    try {
      Field inner = facade.getClass().getDeclaredField("session");
      inner.setAccessible(true);
      return inner.get(facade);
    } catch (ReflectiveOperationException | RuntimeException e) {
      System.getLogger("io.github.upgradehandler")
          .log(
              Level.WARNING,
              "this Tomcat does not let its sessions be reached: messages do not keep them alive",
              e);
      return null;
    }
  }

  /** The peer has sent something. */
  void received(byte[] bytes, int count) {
    long now = System.nanoTime();
    if (now - touchedAt >= AT_MOST_EVERY_NANOS && !isHeartbeat(bytes, count)) {
      touchedAt = now;
      touch();
    }
  }

  /** A lone ping or pong, which a browser sends whether somebody is there or not. */
  private static boolean isHeartbeat(byte[] bytes, int count) {
    int opcode = bytes[0] & OPCODE;
    return (opcode == PING || opcode == PONG)
        && count > 1
        && count == HEAD_BYTES + (bytes[1] & LENGTH);
  }

  private void touch() {
    try {
      if (own == null) {
        session.setMaxInactiveInterval(session.getMaxInactiveInterval());
      } else {
        call("access");
        call("endAccess");
      }
    } catch (ReflectiveOperationException | RuntimeException e) { // mostly: it has ended
      System.getLogger("io.github.upgradehandler").log(Level.DEBUG, "using a session", e);
    }
  }

  private void call(String name) throws ReflectiveOperationException {
    if (own != null) {
      Method method = own.getClass().getMethod(name);
      method.invoke(own);
    }
  }
}
