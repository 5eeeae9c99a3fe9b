package io.github.upgradehandler.room;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.log.Retention;
import java.util.Optional;

/** The example of the documentation: a chat that misses nothing. */
final class LoggedChat implements WebSocketHandler {

  private final Rooms rooms =
      Rooms.builder()
          .logged(name -> true, Engine.inMemory(), Retention.DEFAULTS, new Lines())
          .build();

  @Override
  public void onOpen(WebSocket socket) {
    Room lobby = rooms.room("lobby");
    Optional<Position> seen = socket.handshake().parameter("seen").flatMap(Position::parse);
    seen.ifPresentOrElse(position -> lobby.resume(socket, position), () -> lobby.join(socket));
  }

  @Override
  public void onText(WebSocket socket, String text) {
    rooms
        .room("lobby")
        .publish(PreparedMessage.text(text))
        .thenAccept(
            answer -> {
              if (answer instanceof Published.Refused refused) {
                socket.sendText("not sent: " + refused.reason());
              }
            });
  }

  private static final class Lines implements LogFraming {

    @Override
    public PreparedMessage message(String room, Position position, PreparedMessage message) {
      return PreparedMessage.text(position + " " + UTF_8.decode(message.payload()));
    }

    @Override
    public PreparedMessage joined(String room, Position position) {
      return PreparedMessage.text(position + " joined");
    }

    @Override
    public PreparedMessage lost(String room, Lost lost) {
      return PreparedMessage.text(lost.position() + " lost: " + lost.reason());
    }
  }
}
