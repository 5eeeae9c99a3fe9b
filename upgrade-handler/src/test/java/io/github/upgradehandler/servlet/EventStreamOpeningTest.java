package io.github.upgradehandler.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.testing.CapturedLog;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streams that cannot be opened, by the fault of the application. */
@Timeout(60)
class EventStreamOpeningTest {

  private final GuardedNews news = new GuardedNews();

  private void assertFails(EventContainer container, Supplier<Room> room) throws Exception {
    EventStreamServlet servlet = news.servlet(room);
    news.released.set(0);
    try (CapturedLog log = new CapturedLog();
        RunningServer server = container.start(servlet, Map.of())) {
      for (int i = 0; i < 10; i++) {
        try (EventStreamClient client = new EventStreamClient(server)) {
          assertThat(client.responseHead().get(0)).startsWith("HTTP/1.1 500");
        }
      }
      news.assertNothingIsLeft(servlet, server);
      assertThat(news.released).hasValue(10);
      assertThat(log.messages()).anyMatch(line -> line.endsWith("as the test wants"));
    }
    assertThat(news.released).hasValue(10);
  }

  @ParameterizedTest
  @EnumSource
  void an_application_without_a_room_holds_no_place(EventContainer container) throws Exception {
    assertFails(container, () -> null);
    assertFails(
        container,
        () -> {
          throw new IllegalStateException("no room");
        });
    assertFails(
        container,
        () -> {
          throw new NoClassDefFoundError("no room");
        });
  }

  private static final class Refusing implements Guard {
    @Override
    public Admission admit(Handshake handshake) {
      throw new NoClassDefFoundError("no principal");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_guard_that_throws_holds_no_place(EventContainer container) throws Exception {
    EventStreamServlet servlet =
        new EventStreamServlet() {
          @Override
          protected EventStreamConfig configure() {
            return EventStreamConfig.DEFAULT.withGuards(news.limit, new Refusing());
          }

          @Override
          protected Room accept(Handshake request) {
            return news.rooms.room("news");
          }
        };
    try (RunningServer server = container.start(servlet, Map.of())) {
      for (int i = 0; i < 10; i++) {
        try (EventStreamClient client = new EventStreamClient(server)) {
          assertThat(client.responseHead().get(0)).startsWith("HTTP/1.1 500");
        }
      }
      assertThat(news.limit.open()).isZero();
    }
  }
}
