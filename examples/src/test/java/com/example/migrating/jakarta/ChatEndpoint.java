package com.example.migrating.jakarta;

import jakarta.websocket.OnClose;
import jakarta.websocket.OnMessage;
import jakarta.websocket.OnOpen;
import jakarta.websocket.Session;
import jakarta.websocket.server.PathParam;
import jakarta.websocket.server.ServerEndpoint;
import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

@ServerEndpoint("/chat/{room}")
public class ChatEndpoint {

  private static final Map<String, Set<Session>> ROOMS = new ConcurrentHashMap<>();

  @OnOpen
  public void onOpen(Session session, @PathParam("room") String room) {
    session.setMaxTextMessageBufferSize(16_384);
    ROOMS.computeIfAbsent(room, name -> ConcurrentHashMap.newKeySet()).add(session);
  }

  @OnMessage
  public void onMessage(String text, @PathParam("room") String room) throws IOException {
    for (Session member : ROOMS.get(room)) {
      member.getBasicRemote().sendText(text);
    }
  }

  @OnClose
  public void onClose(Session session, @PathParam("room") String room) {
    ROOMS.get(room).remove(session);
  }
}
