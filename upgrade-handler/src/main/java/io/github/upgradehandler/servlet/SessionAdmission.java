package io.github.upgradehandler.servlet;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.sse.EventStream;
import jakarta.servlet.http.HttpSession;
import java.security.Principal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What is remembered of a client of event streams by its guards and, where streams end with their
 * HTTP session, by that. Thread-safe.
 */
final class SessionAdmission implements Admission {

  private final Admission guards;
  private final boolean closeWithSession;
  private @Nullable Runnable unbind; // guarded by this
  private boolean released; // guarded by this

  SessionAdmission(Admission guards, boolean closeWithSession) {
    this.guards = guards;
    this.closeWithSession = closeWithSession;
  }

  /** Has the stream end with the session, where that is wanted; it may have ended meanwhile. */
  void endWith(@Nullable HttpSession session, EventStream stream) {
    if (!closeWithSession || session == null) {
      return;
    }
    Runnable bound = SessionBound.bind(session, stream::end);
    synchronized (this) {
      if (!released) {
        unbind = bound;
        return;
      }
    }
    bound.run();
  }

  @Override
  public Optional<Principal> principal() {
    return guards.principal();
  }

  @Override
  public WebSocketHandler around(WebSocketHandler handler) {
    return guards.around(handler);
  }

  @Override
  public void release() {
    Runnable bound;
    synchronized (this) {
      released = true;
      bound = unbind;
    }
    if (bound != null) {
      bound.run();
    }
    guards.release();
  }
}
