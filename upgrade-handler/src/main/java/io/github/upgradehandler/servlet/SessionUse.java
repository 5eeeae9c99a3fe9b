package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.internal.log.Log.LOG;

import io.github.upgradehandler.servlet.container.SessionTouch;
import jakarta.servlet.http.HttpSession;
import java.lang.System.Logger.Level;

/**
 * Counts what a peer sends as use of its HTTP session, so that the session does not time out under
 * it. The servlet API knows requests only, so how it is done is the container's.
 *
 * <p>Confined to one reading thread at a time.
 */
final class SessionUse {

  private static final long AT_MOST_EVERY_NANOS = 1_000_000_000L;

  // RFC 6455 sections 5.2, 5.5.2 and 5.5.3.
  private static final int OPCODE = 0x0f;
  private static final int PING = 0x9;
  private static final int PONG = 0xa;
  private static final int LENGTH = 0x7f;
  private static final int HEAD_BYTES = 6;

  private final SessionTouch session;
  private long touchedAt = System.nanoTime();

  SessionUse(HttpSession session) {
    this.session = Containers.sessionTouch(session);
  }

  /** The peer has sent something. */
  void received(byte[] bytes, int count) {
    long now = System.nanoTime();
    if (now - touchedAt >= AT_MOST_EVERY_NANOS && !isHeartbeat(bytes, count)) {
      touchedAt = now;
      touch();
    }
  }

  /** A lone ping or pong, which a browser sends whether the user is there or not. */
  private static boolean isHeartbeat(byte[] bytes, int count) {
    int opcode = bytes[0] & OPCODE;
    return (opcode == PING || opcode == PONG)
        && count > 1
        && count == HEAD_BYTES + (bytes[1] & LENGTH);
  }

  private void touch() {
    try {
      session.touch();
    } catch (ReflectiveOperationException | RuntimeException e) { // mostly: it has ended
      LOG.log(Level.DEBUG, "using a session", e);
    }
  }
}
