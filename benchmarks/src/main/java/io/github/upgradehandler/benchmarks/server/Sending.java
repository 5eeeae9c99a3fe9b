package io.github.upgradehandler.benchmarks.server;

import jakarta.websocket.Session;
import java.io.IOException;
import java.nio.ByteBuffer;

/** How an endpoint of Jakarta WebSocket sends. */
enum Sending {
  /** Without waiting: the implementation queues. */
  ASYNC {
    @Override
    void send(Session session, String text) {
      session.getAsyncRemote().sendText(text, result -> {});
    }

    @Override
    void send(Session session, ByteBuffer payload) {
      session.getAsyncRemote().sendBinary(payload, result -> {});
    }
  },

  /** For Tomcat, which refuses a second message while the first is being sent. */
  BASIC {
    @Override
    void send(Session session, String text) throws IOException {
      session.getBasicRemote().sendText(text);
    }

    @Override
    void send(Session session, ByteBuffer payload) throws IOException {
      session.getBasicRemote().sendBinary(payload);
    }
  };

  abstract void send(Session session, String text) throws IOException;

  abstract void send(Session session, ByteBuffer payload) throws IOException;
}
