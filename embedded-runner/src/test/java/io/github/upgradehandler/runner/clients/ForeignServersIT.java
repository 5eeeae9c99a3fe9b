package io.github.upgradehandler.runner.clients;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.Conversation;
import io.github.upgradehandler.Message;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.client.ClientConfig;
import io.github.upgradehandler.client.ClientRequest;
import io.github.upgradehandler.client.WebSocketClient;
import io.github.upgradehandler.runner.TestCertificate;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;
import org.junit.jupiter.params.provider.ValueSource;

/** The client with servers by other hands, and with proxies in between. */
@Tag("external")
@Timeout(120)
class ForeignServersIT {

  private static final int LARGEST = 32 << 20;

  /** Jetty and Tomcat cut what they compress into pieces of some KiB. */
  private static final int MOST_FRAGMENTS = 1 << 16;

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The servers under test. */
  enum Kind {
    WS,
    WEBSOCKETS,
    JETTY,
    TOMCAT,
    UNDERTOW,
    /** In front of ws. */
    NGINX,
    /** In front of ws. */
    HAPROXY
  }

  private static final Map<Kind, URI> SERVERS = new LinkedHashMap<>();
  private static final List<AutoCloseable> STARTED = new ArrayList<>();
  private static final Map<String, URI> WAYS_TO_COMPRESS = new LinkedHashMap<>();

  private static TestCertificate certificate;
  private static URI secure;
  private static URI secureElsewhere;
  private static WebSocketClient client;

  @BeforeAll
  static void start() throws Exception {
    certificate = TestCertificate.of("localhost");
    ForeignServer.Listening ws =
        started(ForeignServer.ws(certificate.keyStore(), TestCertificate.PASSWORD));
    String[] ports = ws.lines().get(ws.lines().size() - 1).split(" ", -1);
    SERVERS.put(Kind.WS, ws.uri("ws", ports[0]));
    secure = URI.create("wss://localhost:" + ports[1] + "/echo");
    secureElsewhere = URI.create("wss://127.0.0.2:" + ports[2] + "/echo");
    ForeignServer.Listening websockets = started(ForeignServer.websockets());
    for (String line : websockets.lines()) {
      String[] way = line.split(" ", 2);
      if (!line.equals("listening")) {
        WAYS_TO_COMPRESS.put(way.length == 1 ? "" : way[1], websockets.uri("ws", way[0]));
      }
    }
    SERVERS.put(Kind.WEBSOCKETS, WAYS_TO_COMPRESS.get(""));
    SERVERS.put(Kind.JETTY, server(JettyEcho.start(LARGEST)));
    SERVERS.put(Kind.TOMCAT, server(TomcatEcho.start(LARGEST)));
    SERVERS.put(Kind.UNDERTOW, server(UndertowEcho.start(LARGEST)));
    URI behind = SERVERS.get(Kind.WS);
    for (Proxy.Kind kind : Proxy.Kind.values()) {
      Proxy proxy = Proxy.start(kind, behind, behind);
      STARTED.add(proxy);
      SERVERS.put(Kind.valueOf(kind.name()), proxy.webSocket("/echo"));
    }
    client = client(WebSocketConfig.builder().compression(true));
    STARTED.add(client);
  }

  @AfterAll
  static void stop() throws Exception {
    for (int i = STARTED.size() - 1; i >= 0; i--) {
      STARTED.get(i).close();
    }
  }

  private static ForeignServer.Listening started(ForeignServer.Listening server) {
    STARTED.add(server.process());
    return server;
  }

  private static URI server(ForeignServer server) {
    STARTED.add(server);
    return server.uri();
  }

  private static WebSocketClient client(WebSocketConfig.Builder connections) {
    return WebSocketClient.create(
        ClientConfig.builder()
            .webSocket(connections.maxMessageBytes(LARGEST).maxFragments(MOST_FRAGMENTS).build())
            .sslContext(certificate.trusted())
            .build());
  }

  private static Conversation converse(Kind kind) throws Exception {
    return client.converse(ClientRequest.to(SERVERS.get(kind)));
  }

  private static void exchange(Conversation conversation, Message message) throws Exception {
    assertThat(conversation.send(message, PATIENCE)).isTrue();
    assertThat(conversation.receive(PATIENCE)).hasValue(message);
  }

  private static CloseEvent end(Conversation conversation) throws Exception {
    return conversation
        .socket()
        .whenClosed()
        .toCompletableFuture()
        .get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource
  void text_comes_back_compressed(Kind kind) throws Exception {
    try (Conversation conversation = converse(kind)) {
      for (String text : List.of("", "hello", "Grüße, 世界 🌍", "x".repeat(65_536))) {
        exchange(conversation, new Message.Text(text));
      }
      assertThat(
              conversation
                  .socket()
                  .attribute(WebSocketClient.RESPONSE)
                  .orElseThrow()
                  .header("Sec-WebSocket-Extensions")
                  .orElse(""))
          .startsWith("permessage-deflate");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_binary_message_of_16_MiB_comes_back(Kind kind) throws Exception {
    byte[] random = new byte[16 << 20];
    new Random(1).nextBytes(random);
    try (Conversation conversation = converse(kind)) {
      exchange(conversation, new Message.Binary(random));
    }
  }

  @ParameterizedTest
  @EnumSource
  void fragments_are_one_message(Kind kind) throws Exception {
    try (Conversation conversation = converse(kind)) {
      conversation.socket().sendText("one, ", false);
      conversation.socket().sendText("two, ", false);
      conversation.socket().sendText("three", true);
      assertThat(conversation.receive(PATIENCE)).hasValue(new Message.Text("one, two, three"));
    }
  }

  /** Undertow's own API sends whole messages. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "UNDERTOW")
  void a_server_s_fragments_are_one_message(Kind kind) throws Exception {
    try (Conversation conversation = converse(kind)) {
      conversation.send("fragments");
      assertThat(conversation.receive(PATIENCE)).hasValue(new Message.Text("abc"));
    }
  }

  @ParameterizedTest
  @EnumSource
  void the_client_s_code_is_answered(Kind kind) throws Exception {
    Conversation conversation = converse(kind);
    exchange(conversation, new Message.Text("hello"));
    conversation.socket().close(4001, "that was all");
    CloseEvent event = end(conversation);
    assertThat(event.code()).isEqualTo(4001);
    assertThat(event.clean()).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void the_server_s_code_and_reason_are_told(Kind kind) throws Exception {
    Conversation conversation = converse(kind);
    conversation.send("close 4002 enough");
    CloseEvent event = end(conversation);
    assertThat(event.code()).isEqualTo(4002);
    assertThat(event.reason()).isEqualTo("enough");
    assertThat(event.clean()).isTrue();
  }

  /** Tomcat offers no way to end TCP without a Close frame. */
  @ParameterizedTest
  @EnumSource(mode = Mode.EXCLUDE, names = "TOMCAT")
  void an_end_without_a_close_frame_is_told(Kind kind) throws Exception {
    Conversation conversation = converse(kind);
    conversation.send("abort");
    CloseEvent event = end(conversation);
    assertThat(event.code()).isEqualTo(1006);
    assertThat(event.clean()).isFalse();
  }

  /** What groups 12 and 13 of newer Autobahn suites look at, and every size of window. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void every_way_to_compress(boolean contextTakeover) throws Exception {
    assertThat(WAYS_TO_COMPRESS).hasSize(19);
    try (WebSocketClient compressing =
        client(
            WebSocketConfig.builder()
                .compression(true)
                .compressionThreshold(0)
                .compressionContextTakeover(contextTakeover))) {
      for (Map.Entry<String, URI> way : WAYS_TO_COMPRESS.entrySet()) {
        try (Conversation conversation = compressing.converse(ClientRequest.to(way.getValue()))) {
          Random random = new Random(1);
          for (int size : List.of(0, 16, 64, 256, 1024, 4096, 8192, 16_384, 32_768, 131_072)) {
            exchange(conversation, new Message.Text(repetitive(random, size)));
            exchange(conversation, new Message.Text(repetitive(random, size)));
          }
        } catch (AssertionError e) {
          throw new AssertionError("with " + way.getKey(), e);
        }
      }
    }
  }

  /** Text in which something comes again at every distance. */
  private static String repetitive(Random random, int size) {
    StringBuilder text = new StringBuilder();
    while (text.length() < size) {
      int length = 1 + random.nextInt(40);
      int from = text.length() == 0 ? 0 : random.nextInt(text.length());
      text.append(text, from, Math.min(text.length(), from + length));
      text.append((char) ('a' + random.nextInt(26)));
    }
    text.setLength(size);
    return text.toString();
  }

  @Test
  void tls_with_the_right_name() throws Exception {
    try (Conversation conversation = client.converse(ClientRequest.to(secure))) {
      exchange(conversation, new Message.Binary(new byte[1 << 20]));
    }
  }

  @Test
  void tls_with_a_wrong_name_is_refused() throws Exception {
    assertThatThrownBy(() -> client.converse(ClientRequest.to(secureElsewhere)))
        .isInstanceOf(SSLHandshakeException.class)
        .hasMessageContaining("No subject alternative names matching IP address 127.0.0.2 found");
  }
}
