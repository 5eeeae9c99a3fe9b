package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.EventStreamClient.data;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import java.util.Map;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Server-sent events over TLS, which may keep back the last of what was written. */
@Timeout(60)
class EventStreamTlsTest {

  private static final Map<String, String> OPTIONS = Map.of("outboundLimitBytes", "10000000");

  private final Rooms rooms = new Rooms();
  private final Room room = rooms.room("news");

  private final class News extends EventStreamServlet {
    @Override
    protected Room accept(Handshake request) {
      return room;
    }
  }

  /** The containers, reached with TLS. */
  enum Secure {
    JETTY {
      @Override
      RunningServer start(EventStreamServlet servlet) throws Exception {
        return ServletServer.secure(servlet, EventContainer.PATH, OPTIONS);
      }
    },
    TOMCAT {
      @Override
      RunningServer start(EventStreamServlet servlet) throws Exception {
        return new TomcatServer(servlet, EventContainer.PATH, OPTIONS, TomcatServer.Kind.NIO_TLS);
      }
    },
    TOMCAT_NIO2 {
      @Override
      RunningServer start(EventStreamServlet servlet) throws Exception {
        return new TomcatServer(servlet, EventContainer.PATH, OPTIONS, TomcatServer.Kind.NIO2_TLS);
      }
    },
    UNDERTOW {
      @Override
      RunningServer start(EventStreamServlet servlet) throws Exception {
        return UndertowServer.secure(servlet, EventContainer.PATH, OPTIONS);
      }
    };

    abstract RunningServer start(EventStreamServlet servlet) throws Exception;
  }

  @ParameterizedTest
  @EnumSource
  void events_of_any_size_arrive(Secure container) throws Exception {
    try (RunningServer server = container.start(new News());
        EventStreamClient client = EventStreamClient.secure(server)) {
      client.next();
      for (int length : new int[] {1, 15_000, 50_000, 60_000, 65_000, 300_000, 1_000_000}) {
        for (int i = 0; i < 5; i++) {
          String event = "e".repeat(length);
          room.send(PreparedMessage.text(event));
          assertThat(data(client.nextEvent())).isEqualTo(event);
        }
      }
    }
  }
}
