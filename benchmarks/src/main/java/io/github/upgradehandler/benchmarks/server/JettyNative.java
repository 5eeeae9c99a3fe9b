package io.github.upgradehandler.benchmarks.server;

import java.nio.ByteBuffer;
import java.util.Set;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.jspecify.annotations.Nullable;

/** Jetty's own API, without blocking: it queues what is sent meanwhile. */
final class JettyNative {

  private JettyNative() {}

  /** Sends every message back as it came. */
  public static final class Echo extends Session.Listener.AbstractAutoDemanding {
    @Override
    public void onWebSocketText(String text) {
      getSession().sendText(text, Callback.NOOP);
    }

    @Override
    public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
      getSession().sendBinary(payload, callback);
    }
  }

  /** Sends every message to all. */
  public static final class Broadcast extends Session.Listener.AbstractAutoDemanding {
    private final Set<Session> sessions;

    Broadcast(Set<Session> sessions) {
      this.sessions = sessions;
    }

    @Override
    public void onWebSocketOpen(Session session) {
      super.onWebSocketOpen(session);
      sessions.add(session);
    }

    @Override
    public void onWebSocketText(String text) {
      for (Session session : sessions) {
        session.sendText(text, Callback.NOOP);
      }
    }

    @Override
    public void onWebSocketClose(int code, @Nullable String reason, Callback callback) {
      sessions.remove(getSession());
      callback.succeed();
    }
  }
}
