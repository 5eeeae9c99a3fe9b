package io.github.upgradehandler.benchmarks.server;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.time.Duration;

/** Echo, broadcast to all who are connected, or to a room. */
final class OurServlet extends WebSocketServlet {

  private final transient Settings settings;
  private final transient WebSocketHandler handler;

  private enum Purpose {
    ECHO,
    BROADCAST,
    ROOM
  }

  private OurServlet(Settings settings, Purpose purpose) {
    this.settings = settings;
    this.handler =
        switch (purpose) {
          case ECHO -> new OurEcho();
          case BROADCAST -> new Broadcast();
          case ROOM -> new Member();
        };
  }

  static OurServlet echo(Settings settings) {
    return new OurServlet(settings, Purpose.ECHO);
  }

  static OurServlet broadcast(Settings settings) {
    return new OurServlet(settings, Purpose.BROADCAST);
  }

  static OurServlet room(Settings settings) {
    return new OurServlet(settings, Purpose.ROOM);
  }

  @Override
  protected void configure(WebSocketConfig.Builder builder) {
    builder.compression(settings.compression());
    builder.pingInterval(Duration.ZERO); // the load client answers none
    if (settings.maxMessageBytes() > 0) {
      builder.maxMessageBytes(settings.maxMessageBytes());
    }
  }

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return handler;
  }

  private final class Broadcast implements WebSocketHandler {
    @Override
    public void onText(WebSocket socket, String text) {
      PreparedMessage message = PreparedMessage.text(text);
      for (WebSocket connection : connections()) {
        connection.send(message);
      }
    }
  }

  private static final class Member implements WebSocketHandler {

    private final Room room = new Rooms().room("lobby");

    @Override
    public void onOpen(WebSocket socket) {
      room.join(socket);
    }

    @Override
    public void onText(WebSocket socket, String text) {
      room.send(PreparedMessage.text(text));
    }
  }
}
