package io.github.upgradehandler.benchmarks.resume;

import com.google.gson.Gson;
import com.google.gson.JsonArray;
import com.google.gson.JsonObject;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.client.WebSocketClient;
import java.net.InetSocketAddress;
import java.util.Map;

/** A client of Socket.IO, whose events end with an offset. */
final class SocketIoClient extends Returning {

  private static final Gson GSON = new Gson();
  private static final String OPEN = "0";
  private static final String CONNECT = "40";
  private static final String EVENT = "42";

  private final String room;
  private String pid = "";
  private String offset = "";

  SocketIoClient(WebSocketClient client, InetSocketAddress server, String room) {
    super(client, server);
    this.room = room;
  }

  @Override
  String path() {
    return "/socket.io/?EIO=4&transport=websocket";
  }

  @Override
  void send(String text) {
    emit("to", room, text);
  }

  @Override
  public void onText(WebSocket socket, String text) {
    if (text.startsWith(CONNECT)) {
      String given =
          GSON.fromJson(text.substring(CONNECT.length()), JsonObject.class)
              .get("pid")
              .getAsString();
      if (pid.isEmpty()) {
        emit("join", room);
      } else if (!pid.equals(given)) {
        failed("the server does not know the session any more");
      }
      pid = given;
      joined();
    } else if (text.startsWith(EVENT)) {
      JsonArray event = GSON.fromJson(text.substring(EVENT.length()), JsonArray.class);
      offset = event.get(event.size() - 1).getAsString();
      hears();
    } else if (text.startsWith(OPEN)) {
      String known = GSON.toJson(Map.of("pid", pid, "offset", offset));
      socket.sendText(CONNECT + (pid.isEmpty() ? "" : known));
    }
  }

  private void emit(String... event) {
    socket().sendText(EVENT + GSON.toJson(event));
  }
}
