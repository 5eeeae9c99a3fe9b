package io.github.upgradehandler.sample;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A chat in lines of text. Who connects gives a name as the query parameter {@code name} and then
 * sends what there is to say. The server's lines begin with a word that tells what they are:
 *
 * <pre>
 * welcome ann          your own name, as it was taken
 * here bob, carl       who is here already, if anyone
 * joined dora
 * left dora
 * said bob: hello
 * </pre>
 *
 * <p>Neither names nor messages can hold a line break, and names no colon or comma, so that nobody
 * can speak for somebody else.
 */
final class ChatHandler implements WebSocketHandler {

  private final Map<WebSocket, Nickname> members = new ConcurrentHashMap<>();

  @Override
  public void onOpen(WebSocket socket) {
    Nickname name = Nickname.of(socket.handshake().parameter("name").orElse(""));
    socket.sendText("welcome " + name);
    if (!members.isEmpty()) {
      socket.sendText("here " + Nickname.join(members.values()));
    }
    toAll("joined " + name);
    members.put(socket, name);
  }

  @Override
  public void onText(WebSocket socket, String text) {
    if (!Heartbeat.answered(socket, text)) {
      toAll("said " + members.get(socket) + ": " + SingleLine.of(text));
    }
  }

  @Override
  public void onClose(WebSocket socket, CloseEvent event) {
    Nickname name = members.remove(socket);
    if (name != null) {
      toAll("left " + name);
    }
  }

  private void toAll(String line) {
    PreparedMessage message = PreparedMessage.text(line);
    members.keySet().forEach(member -> member.send(message));
  }
}
