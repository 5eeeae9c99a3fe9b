package io.github.upgradehandler.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.socketio.DisconnectReason;
import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.SocketIoLimits;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import io.github.upgradehandler.socketio.suites.EngineEchoServlet;
import io.github.upgradehandler.socketio.testing.RunningServer;
import io.github.upgradehandler.socketio.testing.TestClient;
import io.github.upgradehandler.socketio.testing.TestContainer;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Polling, and what is refused. */
class EngineHttpTest {

  private static final String POLLING = "EIO=4&transport=polling";

  private static SocketIoConfig.Builder options() {
    return SocketIoConfig.builder()
        .webSocket(WebSocketConfig.builder().allowedOrigins(List.of("https://app.example")).build())
        .maxHttpBufferSize(1000);
  }

  /** Something to be tried with a client of an echo. */
  private interface Trial {
    void with(TestClient client, EngineEchoServlet servlet) throws Exception;
  }

  private static void run(TestContainer container, SocketIoConfig config, Trial trial)
      throws Exception {
    EngineEchoServlet servlet = new EngineEchoServlet(config);
    try (RunningServer server = container.start(servlet, "/engine.io/*", 0)) {
      trial.with(new TestClient(server.port(), "/engine.io/"), servlet);
    }
  }

  private static void run(TestContainer container, Trial trial) throws Exception {
    run(container, options().build(), trial);
  }

  private static void assertRefused(HttpResponse<String> response, int code, String message) {
    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type").orElseThrow())
        .startsWith("application/json");
    assertThat(response.body())
        .isEqualTo("{\"code\":" + code + ",\"message\":\"" + message + "\"}");
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void whatIsWrongIsNamedByItsCode(TestContainer container) throws Exception {
    run(
        container,
        (client, servlet) -> {
          assertRefused(client.get("EIO=4"), 0, "Transport unknown");
          assertRefused(client.get("EIO=4&transport=abc"), 0, "Transport unknown");
          assertRefused(client.get(POLLING + "&sid=nobody"), 1, "Session ID unknown");
          assertRefused(client.post(POLLING, "4a"), 2, "Bad handshake method");
          assertRefused(client.get("EIO=4&transport=websocket"), 3, "Bad request");
          for (String version : List.of("", "EIO=abc&", "EIO=3&", "EIO=5&")) {
            assertRefused(
                client.get(version + "transport=polling"), 5, "Unsupported protocol version");
          }
          assertThat(servlet.size()).isZero();
        });
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void aSessionBeginsAndIsPolled(TestContainer container) throws Exception {
    run(
        container,
        (client, servlet) -> {
          HttpResponse<String> opened = client.get(POLLING);
          assertThat(opened.body())
              .matches(
                  "0\\{\"sid\":\"[\\w-]{20}\",\"upgrades\":\\[\"websocket\"],"
                      + "\"pingInterval\":25000,\"pingTimeout\":20000,\"maxPayload\":1000}");
          assertThat(opened.headers().firstValue("Cache-Control")).contains("no-store");
          assertThat(opened.headers().firstValue("Set-Cookie")).isEmpty();
          String session = POLLING + "&sid=" + TestClient.sid(opened.body());
          CompletableFuture<HttpResponse<String>> waiting =
              client.sendAsync(client.request(session));
          HttpResponse<String> posted = client.post(session, "4a\u001ebAQID\u001e4€");
          assertThat(posted.body()).isEqualTo("ok");
          assertThat(posted.headers().firstValue("Content-Type").orElseThrow())
              .startsWith("text/html");
          StringBuilder received = new StringBuilder(waiting.get().body());
          while (!received.toString().endsWith("4€")) {
            received.append('\u001e').append(client.get(session).body());
          }
          assertThat(received).hasToString("4a\u001ebAQID\u001e4€");
        });
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void theClientEndsASession(TestContainer container) throws Exception {
    run(
        container,
        (client, servlet) -> {
          String session = client.poll();
          assertThat(client.post(session, "1").statusCode()).isEqualTo(200);
          assertThat(client.get(session).body()).isEqualTo("6");
          assertRefused(client.get(session), 1, "Session ID unknown");
          assertThat(servlet.size()).isZero();
          assertThat(servlet.ends()).containsExactly(DisconnectReason.TRANSPORT_CLOSE);
        });
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void aPollBesideAnotherEndsTheSession(TestContainer container) throws Exception {
    run(
        container,
        (client, servlet) -> {
          String session = client.poll();
          List<CompletableFuture<HttpResponse<String>>> polls =
              List.of(
                  client.sendAsync(client.request(session)),
                  client.sendAsync(client.request(session)));
          List<String> answers =
              polls.stream()
                  .map(CompletableFuture::join)
                  .map(answer -> answer.statusCode() + answer.body().substring(0, 1))
                  .sorted()
                  .toList();
          assertThat(answers).containsExactly("2001", "400{");
          assertRefused(client.get(session), 1, "Session ID unknown");
        });
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void whatIsNoPacketEndsItsSessionAlone(TestContainer container) throws Exception {
    run(
        container,
        (client, servlet) -> {
          String other = client.poll();
          for (String body : List.of("", "abc", "4a\u001e", "b***", "4\u001e9")) {
            String session = client.poll();
            assertThat(client.post(session, body).statusCode()).isEqualTo(400);
            assertThat(client.get(session).statusCode()).isEqualTo(400);
          }
          String session = client.poll();
          assertThat(
                  client
                      .send(
                          client
                              .request(session)
                              .POST(BodyPublishers.ofByteArray(new byte[] {'4', (byte) 0xC3})))
                      .statusCode())
              .isEqualTo(400);
          session = client.poll();
          assertThat(
                  client
                      .send(
                          client
                              .request(session)
                              .header("Content-Type", "application/octet-stream")
                              .POST(BodyPublishers.ofString("4a")))
                      .statusCode())
              .isEqualTo(400);
          assertThat(client.post(other, "4x").statusCode()).isEqualTo(200);
          assertThat(servlet.size()).isEqualTo(1);
        });
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void aBodyMayBeAsLargeAsIsSaid(TestContainer container) throws Exception {
    run(
        container,
        (client, servlet) -> {
          String session = client.poll();
          assertThat(client.post(session, "4" + "x".repeat(999)).body()).isEqualTo("ok");
          HttpResponse<String> tooLarge = client.post(session, "4" + "x".repeat(1000));
          assertThat(tooLarge.statusCode()).isEqualTo(413);
          assertThat(tooLarge.body()).isEmpty();
          // Its client must not learn from a poll, which may be faster, that something was wrong.
          assertThat(client.get(session).body()).isEqualTo("4" + "x".repeat(999));
          assertThat(client.post(session, "1").body()).isEqualTo("ok");
          assertThat(client.get(session).body()).isEqualTo("6");
          assertRefused(client.get(session), 1, "Session ID unknown");
        });
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void answersAreCompressedFromASizeOn(TestContainer container) throws Exception {
    run(
        container,
        options().compressionThreshold(100).build(),
        (client, servlet) -> {
          String session = client.poll();
          client.post(session, "4" + "x".repeat(500));
          HttpResponse<String> answer =
              client.send(client.request(session).header("Accept-Encoding", "br;q=1, gzip"));
          assertThat(answer.headers().firstValue("Content-Encoding")).contains("gzip");
          assertThat(answer.body().length()).isLessThan(100);
          client.post(session, "4" + "x".repeat(500));
          assertThat(
                  client.send(client.request(session).header("Accept-Encoding", "gzip;q=0")).body())
              .isEqualTo("4" + "x".repeat(500));
          EnginePacket plain = EnginePacket.text("x".repeat(500)).uncompressed();
          servlet.sessions().get(0).send(List.of(plain));
          answer = client.send(client.request(session).header("Accept-Encoding", "gzip"));
          assertThat(answer.headers().firstValue("Content-Encoding")).isEmpty();
          assertThat(answer.body()).isEqualTo("4" + "x".repeat(500));
          servlet.sessions().get(0).send(List.of(plain, EnginePacket.text("y")));
          answer = client.send(client.request(session).header("Accept-Encoding", "deflate"));
          assertThat(answer.headers().firstValue("Content-Encoding")).contains("deflate");
        });
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void pagesOfOtherOriginsAreLetInByName(TestContainer container) throws Exception {
    run(
        container,
        (client, servlet) -> {
          HttpResponse<String> asked =
              client.send(
                  client
                      .request(POLLING)
                      .method("OPTIONS", BodyPublishers.noBody())
                      .header("Origin", "https://app.example"));
          assertThat(asked.statusCode()).isEqualTo(204);
          assertThat(asked.headers().firstValue("Access-Control-Allow-Methods"))
              .contains("GET,HEAD,PUT,PATCH,POST,DELETE");
          HttpResponse<String> refusal =
              client.send(client.request("EIO=4").header("Origin", "https://app.example"));
          assertThat(refusal.headers().firstValue("Access-Control-Allow-Origin"))
              .contains("https://app.example");
          HttpResponse<String> other =
              client.send(client.request(POLLING).header("Origin", "https://evil.example"));
          assertThat(other.statusCode()).isEqualTo(403);
          assertThat(other.body()).startsWith("{\"code\":4,");
          assertThat(other.headers().firstValue("Access-Control-Allow-Origin")).isEmpty();
        });
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void aCookieNamesTheSessionIfOneIsWanted(TestContainer container) throws Exception {
    run(
        container,
        options().cookie("io").build(),
        (client, servlet) -> {
          HttpResponse<String> opened = client.get(POLLING);
          assertThat(opened.headers().firstValue("Set-Cookie"))
              .contains("io=" + TestClient.sid(opened.body()) + "; Path=/; HttpOnly; SameSite=Lax");
        });
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void sessionsAreBounded(TestContainer container) throws Exception {
    run(
        container,
        options().limits(SocketIoLimits.DEFAULTS.withMaxSessions(2)).build(),
        (client, servlet) -> {
          client.poll();
          String second = client.poll();
          assertThat(client.get(POLLING).statusCode()).isEqualTo(503);
          client.post(second, "1");
          client.get(second);
          assertThat(client.get(POLLING).statusCode()).isEqualTo(200);
        });
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void whoeverDoesNotPollIsNotKeptForever(TestContainer container) throws Exception {
    run(
        container,
        options().limits(SocketIoLimits.DEFAULTS.withMaxWaitingBytes(2000)).build(),
        (client, servlet) -> {
          String session = client.poll();
          assertThat(client.post(session, "4" + "x".repeat(900)).statusCode()).isEqualTo(200);
          assertThat(client.post(session, "4" + "x".repeat(900)).statusCode()).isEqualTo(200);
          client.post(session, "4" + "x".repeat(900));
          assertRefused(client.get(session), 1, "Session ID unknown");
        });
  }

  @ParameterizedTest
  @EnumSource(TestContainer.class)
  void shutdownEndsPollsSuchThatClientsComeBack(TestContainer container) throws Exception {
    EngineEchoServlet servlet =
        new EngineEchoServlet(options().pingTimeout(Duration.ofSeconds(5)).build());
    CompletableFuture<HttpResponse<String>> waiting;
    try (RunningServer server = container.start(servlet, "/engine.io/*", 0)) {
      TestClient client = new TestClient(server.port(), "/engine.io/");
      String session = client.poll();
      waiting = client.sendAsync(client.request(session));
      client.post(session, "4a");
      assertThat(waiting.get().body()).isEqualTo("4a");
    }
    assertThat(servlet.ends()).containsExactly(DisconnectReason.SERVER_SHUTTING_DOWN);
  }
}
