package com.example.migrating.jetty;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;
import org.eclipse.jetty.websocket.api.annotations.OnWebSocketClose;
import org.eclipse.jetty.websocket.api.annotations.OnWebSocketMessage;
import org.eclipse.jetty.websocket.api.annotations.OnWebSocketOpen;
import org.eclipse.jetty.websocket.api.annotations.WebSocket;

@WebSocket
public class ChatSocket {

  private static final Set<Session> SESSIONS = ConcurrentHashMap.newKeySet();

  @OnWebSocketOpen
  public void onOpen(Session session) {
    session.setMaxTextMessageSize(16_384);
    SESSIONS.add(session);
  }

  @OnWebSocketMessage
  public void onText(Session session, String text) {
    for (Session member : SESSIONS) {
      member.sendText(text, Callback.NOOP);
    }
  }

  @OnWebSocketClose
  public void onClose(Session session, int status, String reason) {
    SESSIONS.remove(session);
  }
}
