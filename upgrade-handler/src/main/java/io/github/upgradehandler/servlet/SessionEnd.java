package io.github.upgradehandler.servlet;

import io.github.upgradehandler.internal.sse.EventStream;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/** Has an event stream end with its HTTP session, where that is wanted. Thread-safe. */
final class SessionEnd {

  private @Nullable Runnable unbind; // guarded by this
  private boolean released; // guarded by this

  /** Ties a stream to its session; it may have ended meanwhile. */
  void bind(HttpSession session, EventStream stream) {
    Runnable bound = SessionBound.bind(session, stream::end);
    synchronized (this) {
      if (!released) {
        unbind = bound;
        return;
      }
    }
    bound.run();
  }

  /** The stream has ended, or was never opened. */
  void release() {
    Runnable bound;
    synchronized (this) {
      released = true;
      bound = unbind;
    }
    if (bound != null) {
      bound.run();
    }
  }
}
