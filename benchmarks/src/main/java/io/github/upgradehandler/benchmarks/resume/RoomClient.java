package io.github.upgradehandler.benchmarks.resume;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.client.WebSocketClient;
import java.net.InetSocketAddress;

/** A member of a logged room of this library; each of its texts begins with a position. */
final class RoomClient extends Returning {

  private final String room;
  private volatile String position = "";

  RoomClient(WebSocketClient client, InetSocketAddress server, String room) {
    super(client, server);
    this.room = room;
  }

  @Override
  String path() {
    return "/room?room=" + room + (position.isEmpty() ? "" : "&after=" + position);
  }

  @Override
  void send(String text) {
    socket().sendText(text);
  }

  @Override
  public void onText(WebSocket socket, String text) {
    String[] parts = text.split(" ", 2);
    position = parts[0];
    if (parts[1].equals("joined")) {
      joined();
    } else {
      hears();
    }
  }
}
