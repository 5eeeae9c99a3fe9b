package io.github.upgradehandler.benchmarks.server;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.servlet.ServletException;
import java.time.Duration;
import java.util.concurrent.CompletionStage;

/** Echo, broadcast to all who are connected, or to a room. */
final class OurServlet extends WebSocketServlet {

  private final transient Settings settings;
  private final Purpose purpose;
  private final transient WebSocketHandler handler;

  private enum Purpose {
    ECHO,
    BROADCAST,
    TIMER,
    ROOM
  }

  private OurServlet(Settings settings, Purpose purpose) {
    this.settings = settings;
    this.purpose = purpose;
    this.handler =
        switch (purpose) {
          case ECHO -> new OurEcho();
          case BROADCAST, TIMER -> new Broadcast();
          case ROOM -> new Member(OurRooms.of(settings).room("lobby"));
        };
  }

  static OurServlet echo(Settings settings) {
    return new OurServlet(settings, Purpose.ECHO);
  }

  static OurServlet broadcast(Settings settings) {
    return new OurServlet(settings, Purpose.BROADCAST);
  }

  static OurServlet timer(Settings settings) {
    return new OurServlet(settings, Purpose.TIMER);
  }

  static OurServlet room(Settings settings) {
    return new OurServlet(settings, Purpose.ROOM);
  }

  @Override
  public void init() throws ServletException {
    super.init();
    if (purpose == Purpose.TIMER) {
      settings.everyPace(this::toAll);
    }
  }

  @Override
  protected void configure(WebSocketConfig.Builder builder) {
    builder.compression(settings.compression());
    builder.compressionContextTakeover(settings.contextTakeover());
    builder.pingInterval(Duration.ofSeconds(settings.pingSeconds()));
    if (settings.maxMessageBytes() > 0) {
      builder.maxMessageBytes(settings.maxMessageBytes());
    }
  }

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return handler;
  }

  private void toAll(String text) {
    PreparedMessage message = PreparedMessage.text(text);
    for (WebSocket connection : connections()) {
      connection.send(message);
    }
  }

  private final class Broadcast implements WebSocketHandler {
    @Override
    public void onText(WebSocket socket, String text) {
      toAll(text);
    }
  }

  private static final class Member implements WebSocketHandler {

    private final Room room;

    Member(Room room) {
      this.room = room;
    }

    @Override
    public void onOpen(WebSocket socket) {
      room.join(socket);
    }

    @Override
    public void onText(WebSocket socket, String text) {
      if (room.isLogged()) {
        CompletionStage<Published> unused = room.publish(PreparedMessage.text(text));
      } else {
        room.send(PreparedMessage.text(text));
      }
    }
  }
}
