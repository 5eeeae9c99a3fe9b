package io.github.upgradehandler.servlet;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.WebSocket;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionBindingEvent;
import jakarta.servlet.http.HttpSessionBindingListener;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The connections that end with an HTTP session, kept in it as an attribute, so that the container
 * tells of its end without a listener in {@code web.xml}. Where sessions are stored or replicated
 * it goes along empty: a connection is in one process only.
 */
final class SessionSockets implements HttpSessionBindingListener, Serializable {

  private static final long serialVersionUID = 1L;
  private static final String ATTRIBUTE = SessionSockets.class.getName();

  private transient @Nullable Set<WebSocket> sockets = new HashSet<>(2);

  private SessionSockets() {}

  /** Has a connection closed when the session ends; at once if it has ended meanwhile. */
  static void bind(WebSocket socket, @Nullable HttpSession session) {
    if (session == null) {
      return;
    }
    try {
      of(session).add(socket);
    } catch (IllegalStateException e) { // the session has been invalidated
      close(socket);
    }
  }

  private static SessionSockets of(HttpSession session) {
    synchronized (SessionSockets.class) {
      if (session.getAttribute(ATTRIBUTE) instanceof SessionSockets bound && bound.isLive()) {
        return bound;
      }
      SessionSockets made = new SessionSockets();
      session.setAttribute(ATTRIBUTE, made);
      return made;
    }
  }

  private synchronized boolean isLive() {
    return sockets != null;
  }

  private void add(WebSocket socket) {
    boolean live;
    synchronized (this) {
      live = sockets != null;
      if (sockets != null) {
        sockets.add(socket);
      }
    }
    if (live) {
      socket.whenClosed().thenRun(() -> remove(socket));
    } else {
      close(socket);
    }
  }

  private synchronized void remove(WebSocket socket) {
    if (sockets != null) {
      sockets.remove(socket);
    }
  }

  /** How many connections would be closed. */
  synchronized int size() {
    return sockets == null ? 0 : sockets.size();
  }

  @Override
  public void valueUnbound(HttpSessionBindingEvent event) {
    List<WebSocket> ended;
    synchronized (this) {
      ended = sockets == null ? List.of() : List.copyOf(sockets);
      sockets = null;
    }
    ended.forEach(SessionSockets::close);
  }

  private static void close(WebSocket socket) {
    socket.close(CloseStatus.POLICY_VIOLATION.withReason("session ended"));
  }
}
