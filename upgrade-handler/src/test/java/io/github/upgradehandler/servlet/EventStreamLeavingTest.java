package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.EventStreamClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.ThreadTimes;
import java.io.IOException;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Clients of event streams that leave while events wait for them. */
@Timeout(60)
@Tag("slow")
class EventStreamLeavingTest {

  private static final int CLIENTS = 40;
  private static final int SMALL_WINDOW = 4096;
  private static final int EVENTS = 20;
  private static final String EVENT = "e".repeat(1 << 20);

  private final Rooms rooms = new Rooms();
  private final Room room = rooms.room("news");

  private interface Leaving {
    void leave(EventStreamClient client) throws IOException;
  }

  private final class News extends EventStreamServlet {
    @Override
    protected Room accept(Handshake request) {
      return room;
    }

    int streams() {
      return size();
    }
  }

  private static Stream<Arguments> cases() {
    Map<String, Leaving> ways =
        Map.of(
            "reset",
            EventStreamClient::reset,
            "close",
            EventStreamClient::close,
            "half close",
            EventStreamClient::finish);
    return Stream.of(EventContainer.values())
        .flatMap(
            container ->
                ways.entrySet().stream()
                    .map(way -> Arguments.of(container, way.getKey(), way.getValue())));
  }

  /** Completing a response while NIO2 still writes some of it fails inside of Tomcat (10.1.59). */
  private static boolean isOfNio2(String warning) {
    return warning.equals(
        "org.apache.catalina.connector.CoyoteAdapter:"
            + " Exception while processing an asynchronous request");
  }

  @ParameterizedTest(name = "{0}, {1}")
  @MethodSource("cases")
  void clients_that_leave_while_events_wait_for_them(
      EventContainer container, String way, Leaving leaving) throws Exception {
    ThreadTimes threads = new ThreadTimes();
    News news = new News();
    EventStreamClient[] clients = new EventStreamClient[CLIENTS];
    Map<String, String> options =
        Map.of("outboundLimitBytes", "50000000", "sendTimeout", "1s", "heartbeatInterval", "300ms");
    try (CapturedLog log = CapturedLog.ofAll();
        RunningServer server = container.start(news, options)) {
      for (int i = 0; i < CLIENTS; i++) {
        clients[i] = new EventStreamClient(server, SMALL_WINDOW);
        clients[i].next();
      }
      for (int i = 0; i < EVENTS; i++) {
        room.send(PreparedMessage.text(EVENT));
      }
      for (EventStreamClient client : clients) {
        leaving.leave(client);
      }
      Await.until("streams to end", () -> news.streams() == 0);
      try (EventStreamClient other = new EventStreamClient(server)) {
        other.next();
        room.send(PreparedMessage.text("for those who are here"));
        assertThat(data(other.nextEvent())).isEqualTo("for those who are here");
      }
      Await.until("the other to end", () -> news.streams() == 0);
      for (EventStreamClient client : clients) {
        client.close();
      }
      Await.until("TCP to end", () -> server.openConnections() == 0);
      threads.awaitRest();
      assertThat(log.warnings())
          .filteredOn(line -> container != EventContainer.TOMCAT_NIO2 || !isOfNio2(line))
          .isEmpty();
    }
  }
}
