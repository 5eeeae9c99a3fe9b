package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.EventStreamClient.data;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.MessageGuard;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.guard.AddressLimit;
import io.github.upgradehandler.guard.ClientAddress;
import io.github.upgradehandler.guard.ConnectionLimit;
import io.github.upgradehandler.guard.FirstMessage;
import io.github.upgradehandler.guard.SignIn;
import io.github.upgradehandler.guard.TokenVerifier;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Who is let in to an event stream, by the guards that WebSockets have too. */
@Timeout(60)
class GuardedEventStreamTest {

  private final Rooms rooms = new Rooms();

  /** Streams to every user the room of their name. */
  private final class News extends EventStreamServlet {
    private final transient Guard[] guards;

    News(Guard... guards) {
      this.guards = guards;
    }

    @Override
    protected EventStreamConfig configure() {
      return EventStreamConfig.DEFAULT.withGuards(guards);
    }

    @Override
    protected void describe(HttpServletRequest request, Handshake.Builder handshake) {
      String user = request.getHeader("X-Session-User");
      if (user != null) {
        handshake.principal(() -> user);
      }
    }

    @Override
    protected Room accept(Handshake request) {
      if (request.header("X-Refuse").isPresent()) {
        throw new HandshakeRefusedException(403, "members only");
      }
      return rooms.room(request.principal().map(Principal::getName).orElse("everyone"));
    }
  }

  private static RunningServer start(EventContainer container, News servlet) throws Exception {
    return container.start(servlet, Map.of("heartbeatInterval", "50ms"));
  }

  private static void assertOpen(EventStreamClient client) {
    assertThat(client.responseHead().get(0)).startsWith("HTTP/1.1 200");
  }

  private static void assertRefused(RunningServer server, int status, String... lines)
      throws IOException {
    try (EventStreamClient refused = new EventStreamClient(server, lines)) {
      assertThat(refused.responseHead().get(0)).startsWith("HTTP/1.1 " + status);
      if (status == 429 || status == 503) {
        assertThat(refused.responseHead()).contains("Retry-After: 5");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void streams_are_bounded_in_all_and_one_that_ends_makes_room(EventContainer container)
      throws Exception {
    ConnectionLimit limit = new ConnectionLimit(2);
    try (RunningServer server = start(container, new News(limit));
        EventStreamClient first = new EventStreamClient(server)) {
      try (EventStreamClient second = new EventStreamClient(server)) {
        assertOpen(first);
        assertOpen(second);
        assertRefused(server, 503);
        assertThat(limit.open()).isEqualTo(2);
        second.reset();
      }
      Await.until("the place to be free", () -> limit.open() == 1);
      try (EventStreamClient third = new EventStreamClient(server)) {
        assertOpen(third);
        assertThat(limit.open()).isEqualTo(2);
      }
    }
    assertThat(limit.open()).as("with the server the streams have ended").isZero();
  }

  @ParameterizedTest
  @EnumSource
  void streams_are_bounded_for_each_address(EventContainer container) throws Exception {
    AddressLimit limit = new AddressLimit(1, ClientAddress.behindProxies("127.0.0.0/8", "::1"));
    try (RunningServer server = start(container, new News(limit));
        EventStreamClient first = new EventStreamClient(server, "X-Forwarded-For: 203.0.113.9")) {
      assertOpen(first);
      assertRefused(server, 429, "X-Forwarded-For: 203.0.113.9");
      try (EventStreamClient other =
          new EventStreamClient(server, "X-Forwarded-For: 203.0.113.10")) {
        assertOpen(other);
        assertThat(limit.addresses()).isEqualTo(2);
      }
      Await.until("the address to be forgotten", () -> limit.addresses() == 1);
      first.reset();
      Await.until("the other to be forgotten too", () -> limit.addresses() == 0);
    }
  }

  @ParameterizedTest
  @EnumSource
  void who_is_not_signed_in_is_refused(EventContainer container) throws Exception {
    TokenVerifier tokens = TokenVerifier.fixed(Map.of("right", () -> "ann"));
    try (RunningServer server = start(container, new News(SignIn.byQuery("token", tokens)))) {
      assertRefused(server, 401);
      try (EventStreamClient wrong = EventStreamClient.withQuery(server, "token=wrong")) {
        assertThat(wrong.responseHead().get(0)).startsWith("HTTP/1.1 401");
        assertThat(wrong.responseHead()).contains("WWW-Authenticate: Bearer");
      }
      try (EventStreamClient ann = EventStreamClient.withQuery(server, "token=right")) {
        assertOpen(ann);
        ann.next();
        rooms.room("ann").send(PreparedMessage.text("for Ann"));
        assertThat(data(ann.nextEvent())).isEqualTo("for Ann");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_application_says_who_the_session_has_signed_in(EventContainer container)
      throws Exception {
    try (RunningServer server = start(container, new News(SignIn.required()))) {
      assertRefused(server, 401);
      try (EventStreamClient ben = new EventStreamClient(server, "X-Session-User: ben")) {
        assertOpen(ben);
        ben.next();
        rooms.room("ben").send(PreparedMessage.text("for Ben"));
        assertThat(data(ben.nextEvent())).isEqualTo("for Ben");
      }
    }
  }

  @ParameterizedTest
  @EnumSource
  void pages_of_other_origins_are_let_in_where_they_are_named(EventContainer container)
      throws Exception {
    ConnectionLimit limit = new ConnectionLimit(10);
    try (RunningServer server =
        container.start(new News(limit), Map.of("allowedOrigins", "https://app.example"))) {
      assertRefused(server, 403, "Origin: https://evil.example");
      assertThat(limit.open()).isZero();
      try (EventStreamClient own = new EventStreamClient(server, "Origin: http://server.test");
          EventStreamClient named = new EventStreamClient(server, "Origin: https://app.example")) {
        assertOpen(own);
        assertThat(own.responseHead()).noneMatch(line -> line.startsWith("Access-Control-"));
        assertOpen(named);
        assertThat(named.responseHead())
            .contains(
                "Access-Control-Allow-Origin: https://app.example",
                "Access-Control-Allow-Credentials: true",
                "Vary: Origin");
      }
    }
    try (RunningServer server = container.start(new News(), Map.of("allowedOrigins", "*"));
        EventStreamClient any = new EventStreamClient(server, "Origin: https://any.example")) {
      assertOpen(any);
      assertThat(any.responseHead())
          .contains("Access-Control-Allow-Origin: *")
          .noneMatch(line -> line.startsWith("Access-Control-Allow-Credentials"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_request_that_comes_to_nothing_holds_no_place(EventContainer container) throws Exception {
    ConnectionLimit limit = new ConnectionLimit(1);
    try (RunningServer server = start(container, new News(limit))) {
      assertRefused(server, 403, "X-Refuse: yes");
      assertThat(limit.open()).isZero();
    }
  }

  /** Else it would let everyone in. */
  @ParameterizedTest
  @EnumSource
  void a_guard_that_waits_for_a_message_lets_nobody_in(EventContainer container) throws Exception {
    ConnectionLimit limit = new ConnectionLimit(1);
    MessageGuard signIn = new FirstMessage(token -> Optional.empty(), Duration.ofSeconds(1));
    Guard notSeenThrough = handshake -> signIn.admit(handshake);
    Guard together = Guard.inOrder(List.of(limit, notSeenThrough));
    try (CapturedLog log = new CapturedLog();
        RunningServer server = start(container, new News(together))) {
      assertRefused(server, 500);
      assertThat(limit.open()).isZero();
      assertThat(log.messages()).anyMatch(line -> line.contains("a guard acts on messages"));
    }
  }

  @Test
  void one_that_says_so_cannot_be_configured() {
    MessageGuard signIn = new FirstMessage(token -> Optional.empty(), Duration.ofSeconds(1));
    Guard among = Guard.inOrder(List.of(new ConnectionLimit(1), signIn));
    for (Guard guard : List.of(signIn, among)) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> EventStreamConfig.DEFAULT.withGuards(SignIn.required(), guard))
          .withMessageContaining(guard.getClass().getName())
          .withMessageContaining("acts on messages, of which the client of an event stream");
    }
  }
}
