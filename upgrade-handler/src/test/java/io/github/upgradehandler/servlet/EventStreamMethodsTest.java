package io.github.upgradehandler.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.guard.ConnectionLimit;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.testing.Await;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What else than GET comes to an event stream: probes, preflights and mistakes. */
@Timeout(60)
class EventStreamMethodsTest {

  private final Rooms rooms = new Rooms();
  private final ConnectionLimit limit = new ConnectionLimit(20);
  private final News servlet = new News();

  private final class News extends EventStreamServlet {
    @Override
    protected EventStreamConfig configure() {
      return EventStreamConfig.DEFAULT.withGuards(limit);
    }

    @Override
    protected Room accept(Handshake request) {
      if (request.header("X-Refuse").isPresent()) {
        throw new HandshakeRefusedException(403, "members only");
      }
      return rooms.room("news");
    }
  }

  private static String request(String method, String... lines) {
    return method
        + " "
        + EventContainer.PATH
        + " HTTP/1.1\r\nHost: server.test\r\n"
        + (lines.length == 0 ? "" : String.join("\r\n", lines) + "\r\n")
        + "\r\n";
  }

  private static RawClient connect(RunningServer server) throws IOException {
    return new RawClient(server.port(), 0);
  }

  private void assertNothingIsLeft(RunningServer server) {
    assertThat(servlet.size()).isZero();
    assertThat(limit.open()).isZero();
    Await.until("all connections to end", () -> server.openConnections() == 0);
  }

  /** What reads with HEAD never reads on: nobody would ever notice that it is gone. */
  @ParameterizedTest
  @EnumSource
  void HEAD_is_answered_with_the_head_of_GET_and_opens_nothing(EventContainer container)
      throws Exception {
    try (RunningServer server = container.start(servlet, Map.of())) {
      List<String> names;
      try (EventStreamClient get = new EventStreamClient(server)) {
        names = headerNames(get.responseHead());
      }
      List<RawClient> clients = new ArrayList<>();
      for (int i = 0; i < 50; i++) {
        RawClient client = connect(server);
        clients.add(client);
        for (int again = 0; again < 2; again++) {
          HttpReply reply = client.requestHead(request("HEAD"));
          assertThat(reply.status()).isEqualTo(200);
          assertThat(reply.header("Content-Type").get(0))
              .isEqualToIgnoringCase("text/event-stream;charset=UTF-8");
          assertThat(reply.header("Cache-Control")).containsExactly("no-store, no-transform");
          assertThat(reply.header("Content-Length")).isEmpty();
          assertThat(new ArrayList<>(reply.headers().keySet())).containsAll(names);
        }
        assertThat(client.request("GET /elsewhere HTTP/1.1\r\nHost: server.test\r\n\r\n").status())
            .isEqualTo(404);
      }
      assertThat(limit.open()).isLessThanOrEqualTo(1);
      for (RawClient client : clients) {
        client.reset();
      }
      Await.until("all connections to end", () -> server.openConnections() <= 1);
    }
    assertThat(limit.open()).isZero();
  }

  private static List<String> headerNames(List<String> head) {
    TreeSet<String> names = new TreeSet<>();
    head.stream().skip(1).forEach(line -> names.add(line.substring(0, line.indexOf(':'))));
    names.remove("Transfer-Encoding"); // of a body that HEAD does not have
    return List.copyOf(names);
  }

  @ParameterizedTest
  @EnumSource
  void HEAD_is_refused_as_GET_is(EventContainer container) throws Exception {
    try (RunningServer server = container.start(servlet, Map.of())) {
      try (RawClient client = connect(server)) {
        assertThat(client.requestHead(request("HEAD", "X-Refuse: yes")).status()).isEqualTo(403);
        assertThat(client.requestHead(request("HEAD", "Origin: https://evil.example")).status())
            .isEqualTo(403);
      }
      assertNothingIsLeft(server);
    }
  }

  @ParameterizedTest
  @EnumSource
  void other_methods_get_405_and_what_is_allowed(EventContainer container) throws Exception {
    try (RunningServer server = container.start(servlet, Map.of())) {
      for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "PROPFIND", "get")) {
        try (RawClient client = connect(server)) {
          HttpReply reply = client.request(request(method, "Content-Length: 0"));
          assertThat(reply.status()).as(method).isEqualTo(405);
          assertThat(reply.header("Allow")).as(method).containsExactly("GET, HEAD, OPTIONS");
          assertThat(reply.body()).isEqualTo("An event stream is read with GET\n");
        }
      }
      try (RawClient client = connect(server)) {
        HttpReply reply = client.request(request("TRACE", "X-Secret: shown to nobody"));
        assertThat(reply.status()).isEqualTo(405);
        assertThat(reply.body()).doesNotContain("shown to nobody");
      }
      assertNothingIsLeft(server);
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_preflight_is_answered_for_pages_that_are_let_in(EventContainer container)
      throws Exception {
    String[] asking = {
      "Origin: https://app.example",
      "Access-Control-Request-Method: GET",
      "Access-Control-Request-Headers: authorization, last-event-id, b<a>d",
      "X-Refuse: yes"
    };
    try (RunningServer server =
        container.start(servlet, Map.of("allowedOrigins", "https://app.example"))) {
      try (RawClient client = connect(server)) {
        HttpReply reply = client.requestHead(request("OPTIONS", asking));
        assertThat(reply.status()).isEqualTo(204);
        assertThat(reply.header("Access-Control-Allow-Origin"))
            .containsExactly("https://app.example");
        assertThat(reply.header("Access-Control-Allow-Credentials")).containsExactly("true");
        assertThat(reply.header("Access-Control-Allow-Methods"))
            .containsExactly("GET, HEAD, OPTIONS");
        assertThat(reply.header("Access-Control-Allow-Headers"))
            .containsExactly("authorization, last-event-id");
        assertThat(reply.header("Access-Control-Max-Age")).containsExactly("7200");
        assertThat(String.join(", ", reply.header("Vary")))
            .isEqualTo("Origin, Access-Control-Request-Method, Access-Control-Request-Headers");
        asking[0] = "Origin: https://evil.example";
        HttpReply foreign = client.request(request("OPTIONS", asking));
        assertThat(foreign.status()).isEqualTo(403);
        assertThat(foreign.headers().keySet())
            .noneMatch(name -> name.startsWith("Access-Control-"));
        HttpReply plain = client.requestHead(request("OPTIONS"));
        assertThat(plain.status()).isEqualTo(204);
        assertThat(plain.header("Allow")).containsExactly("GET, HEAD, OPTIONS");
        assertThat(plain.headers().keySet()).noneMatch(name -> name.startsWith("Access-Control-"));
      }
      assertNothingIsLeft(server);
    }
    News open = new News();
    try (RunningServer server = container.start(open, Map.of("allowedOrigins", "*"));
        RawClient client = connect(server)) {
      HttpReply reply = client.requestHead(request("OPTIONS", asking));
      assertThat(reply.status()).isEqualTo(204);
      assertThat(reply.header("Access-Control-Allow-Origin")).containsExactly("*");
      assertThat(reply.header("Access-Control-Allow-Credentials")).isEmpty();
      assertThat(reply.header("Access-Control-Allow-Headers"))
          .containsExactly("authorization, last-event-id");
    }
  }
}
