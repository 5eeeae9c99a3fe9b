package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.EventStreamClient.data;
import static io.github.upgradehandler.servlet.EventStreamClient.id;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.LogFraming;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.log.Retention;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams of a logged room over TCP, also when the server is another one than before. */
@Timeout(60)
class LoggedEventStreamTest {

  private static Room logged() {
    return Rooms.builder()
        .logged(name -> true, Engine.inMemory(), Retention.DEFAULTS, new AsTheyAre())
        .build()
        .room("news");
  }

  private static final class News extends EventStreamServlet {
    private final transient Room room;

    News(Room room) {
      this.room = room;
    }

    @Override
    protected Room accept(Handshake request) {
      return room;
    }
  }

  private static String publish(Room room, String text) {
    Published answer = room.publish(PreparedMessage.text(text)).toCompletableFuture().join();
    return ((Published.Appended) answer).position().toString();
  }

  @ParameterizedTest
  @EnumSource
  void a_client_goes_on_where_it_was_or_is_told_that_it_cannot(EventContainer container)
      throws Exception {
    Room room = logged();
    String last;
    try (RunningServer server = container.start(new News(room), Map.of());
        EventStreamClient client = new EventStreamClient(server)) {
      assertThat(client.next()).isEqualTo("retry:2000");
      assertThat(client.next()).startsWith("id:").endsWith(".0");
      String one = publish(room, "one");
      assertThat(client.next()).isEqualTo("id:" + one + "|data:one");
      client.close();
      String two = publish(room, "two");
      last = publish(room, "x".repeat(200_000));
      try (EventStreamClient back = new EventStreamClient(server, "Last-Event-ID: " + one)) {
        assertThat(back.next()).isEqualTo("retry:2000|id:" + one);
        assertThat(back.next()).isEqualTo("id:" + two + "|data:two");
        String large = back.next();
        assertThat(id(large)).isEqualTo(last);
        assertThat(data(large)).hasSize(200_000);
        publish(room, "live");
        assertThat(data(back.next())).isEqualTo("live");
      }
    }
    Room another = logged();
    try (RunningServer restarted = container.start(new News(another), Map.of());
        EventStreamClient back = new EventStreamClient(restarted, "Last-Event-ID: " + last)) {
      back.next();
      String lost = back.next();
      assertThat(lost)
          .isEqualTo(
              "id:%1$s|event:lost|data:{\"reason\":\"UNKNOWN\",\"position\":\"%1$s\"}"
                  .formatted(id(lost)));
      String one = publish(another, "one");
      assertThat(back.next()).isEqualTo("id:" + one + "|data:one");
      assertThat(one).isEqualTo(id(lost).replace(".0", ".1"));
    }
  }

  private static final class AsTheyAre implements LogFraming {

    @Override
    public PreparedMessage message(String room, Position position, PreparedMessage message) {
      return message;
    }

    @Override
    public PreparedMessage lost(String room, Lost lost) {
      return PreparedMessage.text(lost.toString());
    }

    @Override
    public PreparedMessage joined(String room, Position position) {
      return PreparedMessage.text(position.toString());
    }
  }
}
