package io.github.upgradehandler.benchmarks.server;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.servlet.WebSocketServlet;
import jakarta.servlet.ServletException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

/** Echo, broadcast to all who are connected, or to a room. */
final class OurServlet extends WebSocketServlet {

  private final transient Settings settings;
  private final Purpose purpose;
  private final transient Function<Handshake, WebSocketHandler> handlers;

  private enum Purpose {
    ECHO,
    BROADCAST,
    TIMER,
    ROOM
  }

  private OurServlet(Settings settings, Purpose purpose) {
    this.settings = settings;
    this.purpose = purpose;
    this.handlers =
        switch (purpose) {
          case ECHO -> always(new OurEcho());
          case BROADCAST, TIMER -> always(new Broadcast());
          case ROOM -> members(OurRooms.of(settings));
        };
  }

  private static Function<Handshake, WebSocketHandler> always(WebSocketHandler handler) {
    return handshake -> handler;
  }

  private static Function<Handshake, WebSocketHandler> members(Rooms rooms) {
    return handshake ->
        new Member(
            rooms.room(handshake.parameter("room").orElse("lobby")),
            handshake.parameter("after").flatMap(Position::parse));
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
    return handlers.apply(handshake);
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
    private final Optional<Position> seen;

    Member(Room room, Optional<Position> seen) {
      this.room = room;
      this.seen = seen;
    }

    @Override
    public void onOpen(WebSocket socket) {
      seen.ifPresentOrElse(position -> room.resume(socket, position), () -> room.join(socket));
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
