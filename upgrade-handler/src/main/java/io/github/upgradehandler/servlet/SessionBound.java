package io.github.upgradehandler.servlet;

import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.Serializable;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What ends with an HTTP session, connections and event streams, kept in it as an attribute, so
 * that the container reports its end without a listener in {@code web.xml}. Where sessions are
 * stored or replicated it goes along empty: a connection is in one process only. Thread-safe.
 */
final class SessionBound implements HttpSessionBindingListener, Serializable {

  private static final long serialVersionUID = 1L;
  private static final String ATTRIBUTE = SessionBound.class.getName();

  private transient @Nullable Set<Runnable> ends =
      Collections.newSetFromMap(new IdentityHashMap<>(2));

  private SessionBound() {}

  /**
   * Has something ended when a session ends; at once if it has ended meanwhile.
   *
   * @param end called at most once
   * @return to be called when it has ended by itself
   */
  static Runnable bind(HttpSession session, Runnable end) {
    try {
      SessionBound bound = of(session);
      if (bound.add(end)) {
        return () -> bound.remove(end);
      }
    } catch (IllegalStateException e) {
      // The session has been invalidated.
    }
    end.run();
    return () -> {};
  }

  private static SessionBound of(HttpSession session) {
    synchronized (SessionBound.class) {
      if (session.getAttribute(ATTRIBUTE) instanceof SessionBound bound && bound.isLive()) {
        return bound;
      }
      SessionBound made = new SessionBound();
      session.setAttribute(ATTRIBUTE, made);
      return made;
    }
  }

  private synchronized boolean isLive() {
    return ends != null;
  }

  /** Whether the session lives. */
  private synchronized boolean add(Runnable end) {
    return ends != null && ends.add(end);
  }

  private synchronized void remove(Runnable end) {
    if (ends != null) {
      ends.remove(end);
    }
  }

  /** How many would be ended. */
  synchronized int size() {
    return ends == null ? 0 : ends.size();
  }

  @Override
  public void valueUnbound(HttpSessionBindingEvent event) {
    List<Runnable> ended;
    synchronized (this) {
      ended = ends == null ? List.of() : List.copyOf(ends);
      ends = null;
    }
    ended.forEach(Runnable::run);
  }
}
