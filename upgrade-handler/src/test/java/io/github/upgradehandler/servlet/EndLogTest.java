package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.hex;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseException;
import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.MessageGuard;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.guard.FirstMessage;
import io.github.upgradehandler.guard.RateLimit;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What an administrator sees of connections that do not end in order: one line, and no secret. */
@Timeout(120)
@Tag("slow")
class EndLogTest {

  private static final String QUERY = "?token=secret-1";
  private static final String COOKIE = "Cookie: JSESSIONID=secret-2";
  private static final int SMALL_WINDOW = 4096;
  private static final int MORE_THAN_IS_BUFFERED = 32 << 20;
  private static final PreparedMessage LARGE = PreparedMessage.text("secret".repeat(2_000_000));

  /** Ends as its messages say. */
  private static final class Obedient implements WebSocketHandler {

    @Override
    public void onText(WebSocket socket, String text) {
      switch (text) {
        case "throw" -> throw new IllegalStateException("as the test wants");
        case "close" -> socket.close(CloseStatus.NORMAL);
        case "refuse" -> throw new CloseException(4000, "as the application wants");
        case "large" -> socket.sendBinary(ByteBuffer.allocate(MORE_THAN_IS_BUFFERED));
        case "flood" -> flood(socket);
        default -> socket.sendText(text);
      }
    }

    private static void flood(WebSocket socket) {
      boolean accepted = true;
      while (accepted) {
        accepted = socket.sendText("secret".repeat(1000)).isAccepted();
      }
    }
  }

  /** What a client does, and the lines about it, with {@code C} for the connection. */
  private static final class Case {
    private final String path;
    private final byte[] sent;
    private final List<String> said;

    Case(String path, byte[] sent, String... said) {
      this.path = path;
      this.sent = sent;
      this.said = List.of(said);
    }
  }

  private static final List<Case> CASES =
      List.of(
          new Case(
              "/plain",
              hex("83 86 00000000 736563726574"), // "secret"
              "INFO ended: C is closed with 1002: reserved opcode 3 (section 5.2)"),
          new Case(
              "/plain",
              hex("81 87 00000000 736563726574 ff"),
              "INFO ended: C is closed with 1007: text message (section 8.1)"),
          new Case(
              "/small",
              text("secret".repeat(100)),
              "INFO ended: C is closed with 1009: frame of 600 bytes (maxMessageBytes is 300)"),
          new Case(
              "/frames",
              text("secret".repeat(30)),
              "INFO ended: C is closed with 1009: frame of 180 bytes (maxFrameBytes is 150)"),
          new Case(
              "/small",
              hex("01 81 00000000 61 00 81 00000000 61 00 81 00000000 61"),
              "INFO ended: C is closed with 1008: message in too many fragments (maxFragments is"
                  + " 2)"),
          new Case(
              "/slow",
              hex("81 86 00000000 736563"),
              "INFO ended: C is closed with 1008: waited for the rest of a frame longer than 300 ms"
                  + " (frameTimeout)"),
          new Case(
              "/slow",
              text("close"),
              "INFO ended: C has ended: waited for the end of the closing handshake longer than 300"
                  + " ms (closeTimeout)"),
          new Case(
              "/slow",
              text("large"),
              "INFO ended: C has ended: waited for progress in sending longer than 300 ms"
                  + " (sendTimeout)"),
          new Case(
              "/silent",
              text("secret"),
              "INFO ended: C has ended: waited for a pong longer than 300 ms (pongTimeout)"),
          new Case(
              "/plain",
              text("flood"),
              "INFO ended: C is closed with 1013: a message did not fit the 524288 bytes that may"
                  + " wait to be sent (outboundLimitBytes)"),
          new Case(
              "/rate",
              hex("81 80 00000000 81 80 00000000"),
              "INFO ended: C is closed with 1013: too fast (RateLimit)"),
          new Case(
              "/sign-in",
              text("secret"),
              "INFO ended: C is closed with 1008: sign-in refused (FirstMessage)"),
          new Case(
              "/plain", text("throw"), "SEVERE ended: C: the handler failed, closing with 1011"),
          new Case("/plain", text("refuse")),
          new Case("/plain", close(1000, "secret")));

  private static WebSocketServlet guarded(MessageGuard guard) {
    WebSocketConfig config = WebSocketConfig.builder().guards(guard).build();
    return new WebSocketServlet(config, handshake -> new Obedient());
  }

  private static WebApp app() {
    return new WebApp()
        .webSocket("/plain", handshake -> new Obedient(), Map.of())
        .webSocket(
            "/small",
            handshake -> new Obedient(),
            Map.of("maxMessageBytes", "300", "maxFragments", "2"))
        .webSocket("/frames", handshake -> new Obedient(), Map.of("maxFrameBytes", "150"))
        .webSocket(
            "/slow",
            handshake -> new Obedient(),
            Map.of("frameTimeout", "300ms", "closeTimeout", "300ms", "sendTimeout", "300ms"))
        .webSocket(
            "/silent",
            handshake -> new Obedient(),
            Map.of("pingInterval", "300ms", "pongTimeout", "300ms"))
        .servlet("/rate", guarded(RateLimit.builder().messages(1, 1).build()), Map.of())
        .servlet(
            "/sign-in",
            guarded(new FirstMessage(token -> Optional.empty(), Duration.ofSeconds(10))),
            Map.of());
  }

  private static RawClient open(RunningServer server, String path) throws IOException {
    RawClient client = new RawClient(server.port(), SMALL_WINDOW);
    assertThat(client.request(RawClient.handshake(path + QUERY, COOKIE)).status()).isEqualTo(101);
    return client;
  }

  private static List<String> linesAbout(CapturedLog log, String path) {
    return log.lines().stream()
        .map(line -> line.replaceFirst("servlet 'servlet\\d': connection [0-9a-z]+ for", "for"))
        .map(line -> line.replaceFirst("for " + path + " from 127\\.0\\.0\\.1", "C"))
        .toList();
  }

  @ParameterizedTest
  @EnumSource(names = {"JETTY", "TOMCAT", "UNDERTOW"})
  void an_end_out_of_order_has_one_line_that_says_what_decides(WebApp.On container)
      throws Exception {
    try (RunningServer server = container.start(app())) {
      for (Case ended : CASES) {
        try (CapturedLog log = new CapturedLog()) {
          try (RawClient client = open(server, ended.path)) {
            client.send(ended.sent);
            Await.until(
                "the line about " + ended.said, () -> log.lines().size() >= ended.said.size());
          }
          Await.until("the end of all", () -> server.openConnections() == 0);
          assertThat(linesAbout(log, ended.path)).isEqualTo(ended.said);
          assertThat(log.lines()).noneMatch(line -> line.contains("secret"));
        }
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JETTY", "TOMCAT", "UNDERTOW"})
  void who_looks_closely_sees_every_end(WebApp.On container) throws Exception {
    try (RunningServer server = container.start(app());
        CapturedLog log = new CapturedLog().detailed();
        RawClient client = open(server, "/plain");
        RawClient gone = open(server, "/plain")) {
      client.send(close(1001, "secret"));
      Await.until(
          "the line about an orderly end",
          () -> linesAbout(log, "/plain").contains("FINE ended: C has ended with 1001 by REMOTE"));
      gone.reset();
      Await.until(
          "the line about a network",
          () ->
              linesAbout(log, "/plain").contains("FINE ended: C has ended with 1006 by TRANSPORT"));
      assertThat(log.lines()).noneMatch(line -> line.contains("secret"));
    }
  }

  /** Streams of one room. */
  private static final class News extends EventStreamServlet {
    private static final long serialVersionUID = 1L;
    private final transient Room room;

    News(Room room) {
      this.room = room;
    }

    @Override
    protected Room accept(Handshake request) {
      return room;
    }
  }

  private static void assertStreamEnds(
      WebApp.On container, Map<String, String> options, String said) throws Exception {
    Room room = new Rooms().room("news");
    WebApp app = new WebApp().servlet(EventContainer.PATH, new News(room), options);
    try (RunningServer server = container.start(app);
        CapturedLog log = new CapturedLog();
        EventStreamClient client = new EventStreamClient(server, SMALL_WINDOW, COOKIE)) {
      assertThat(client.next()).startsWith("retry:");
      room.send(LARGE);
      room.send(LARGE);
      Await.until("the line", () -> !log.lines().isEmpty());
      assertThat(log.lines())
          .containsExactly(
              "INFO ended: servlet 'servlet0': the event stream for /events from 127.0.0.1 has"
                  + " ended: "
                  + said);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"JETTY", "TOMCAT", "UNDERTOW"})
  void the_end_of_an_event_stream_too(WebApp.On container) throws Exception {
    assertStreamEnds(
        container,
        Map.of("outboundLimitBytes", "1024", "historyBytes", "0"),
        "an event did not fit the 1024 bytes that may wait (outboundLimitBytes)");
    assertStreamEnds(
        container,
        Map.of("outboundLimitBytes", "100000000", "sendTimeout", "300ms"),
        "waited for progress in sending longer than 300 ms (sendTimeout)");
  }
}
