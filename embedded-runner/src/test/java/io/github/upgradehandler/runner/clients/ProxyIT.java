package io.github.upgradehandler.runner.clients;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The sample behind the reverse proxies of Debian, with the files in {@code deploy}. */
@Tag("external")
@Timeout(60)
class ProxyIT {

  private static final int LARGEST = 16 << 20;
  private static final int CLIENTS = 40;
  private static final long SILENCE = TimeUnit.SECONDS.toNanos(75);

  private static NodeProject scripts;
  private static RestartableRunner one;
  private static RestartableRunner two;
  private static final Map<Proxy.Kind, Proxy> PROXIES = new EnumMap<>(Proxy.Kind.class);

  @BeforeAll
  static void start() throws Exception {
    scripts = NodeProject.install(Directories.MODULE.resolve("src/test/clients"), "proxy-clients");
    one = RestartableRunner.start();
    two = RestartableRunner.start();
    for (Proxy.Kind kind : Proxy.Kind.values()) {
      PROXIES.put(kind, Proxy.start(kind, one.address(), two.address()));
    }
  }

  @AfterAll
  static void stop() {
    PROXIES.values().forEach(Proxy::close);
    for (RestartableRunner server : new RestartableRunner[] {one, two}) {
      if (server != null) {
        server.close();
      }
    }
  }

  private static WebSocket connect(Proxy proxy, Received received) throws Exception {
    return HttpClient.newHttpClient()
        .newWebSocketBuilder()
        .header("Origin", proxy.http("").toString())
        .buildAsync(proxy.webSocket("/echo"), received)
        .get(10, TimeUnit.SECONDS);
  }

  @ParameterizedTest
  @EnumSource
  void a_message_of_16_MiB_comes_back(Proxy.Kind kind) throws Exception {
    byte[] bytes = new byte[LARGEST];
    new Random(1).nextBytes(bytes);
    Received received = new Received();
    WebSocket socket = connect(PROXIES.get(kind), received);
    socket.sendBinary(ByteBuffer.wrap(bytes), true).get(20, TimeUnit.SECONDS);
    assertThat(received.nextBinary()).isEqualTo(bytes);
    socket.sendClose(1000, "").get(10, TimeUnit.SECONDS);
    assertThat(received.close()).startsWith("1000");
  }

  @ParameterizedTest
  @EnumSource
  void an_event_comes_at_once(Proxy.Kind kind) throws Exception {
    try (EventLines events = new EventLines(PROXIES.get(kind))) {
      events.next("retry:");
      for (int i = 0; i < 10; i++) {
        assertThat(events.notify("event " + i)).isEqualTo(204);
        assertThat(events.next("data:")).contains("event " + i);
      }
    }
  }

  /** All at once, since it takes its time: heartbeats and four comments, 20 s apart. */
  @Test
  @Tag("slow")
  @Timeout(180)
  void silent_connections_and_event_streams_stay_beyond_the_proxies_60_seconds() throws Exception {
    List<WebSocket> sockets = new ArrayList<>();
    List<Received> all = new ArrayList<>();
    for (Proxy proxy : PROXIES.values()) {
      Received received = new Received();
      all.add(received);
      sockets.add(connect(proxy, received));
    }
    try (EventLines nginx = new EventLines(PROXIES.get(Proxy.Kind.NGINX));
        EventLines haproxy = new EventLines(PROXIES.get(Proxy.Kind.HAPROXY))) {
      long begin = System.nanoTime();
      for (EventLines events : List.of(nginx, haproxy)) {
        for (int comments = 0; comments < 4; comments++) {
          assertThat(events.next(":")).isEqualTo(":");
        }
      }
      assertThat(System.nanoTime() - begin).isGreaterThan(SILENCE);
      for (EventLines events : List.of(nginx, haproxy)) {
        assertThat(events.notify("still here")).isEqualTo(204);
        assertThat(events.next("data:")).contains("still here");
      }
    }
    for (int i = 0; i < all.size(); i++) {
      Received received = all.get(i);
      assertThatThrownBy(() -> received.close(0))
          .as("a close before the time is over")
          .isInstanceOf(TimeoutException.class);
      sockets.get(i).sendText("still here", true).get(10, TimeUnit.SECONDS);
      assertThat(received.nextText()).isEqualTo("still here");
      sockets.get(i).abort();
    }
  }

  @Test
  void nginx_keeps_a_client_at_its_server_by_its_address() throws Exception {
    Proxy proxy = PROXIES.get(Proxy.Kind.NGINX);
    try (Witnesses witnesses = new Witnesses()) {
      Set<String> seen = new LinkedHashSet<>();
      for (int i = 2; i < 2 + CLIENTS; i++) {
        InetAddress address = InetAddress.getByName("127.0.0." + i);
        String server = witnesses.serverOf(proxy, address, Optional.empty());
        assertThat(witnesses.serverOf(proxy, address, Optional.empty())).isEqualTo(server);
        seen.add(server);
      }
      assertThat(seen).containsExactlyInAnyOrder("one", "two");
    }
  }

  @Test
  void haproxy_keeps_a_client_at_its_server_by_a_cookie() throws Exception {
    Proxy proxy = PROXIES.get(Proxy.Kind.HAPROXY);
    InetAddress address = InetAddress.getLoopbackAddress();
    try (Witnesses witnesses = new Witnesses()) {
      for (String server : List.of("one", "two", "two", "one")) {
        assertThat(witnesses.serverOf(proxy, address, Optional.of("SERVER=" + server)))
            .isEqualTo(server);
      }
      // Without the cookie a client gets one.
      try (Client client = new Client(proxy, address, Optional.empty())) {
        assertThat(client.head)
            .anyMatch(line -> line.matches("(?i)set-cookie: SERVER=(one|two);.*HttpOnly.*"));
      }
    }
  }

  /** The two servers share nothing, so a request that comes to the wrong one is refused. */
  @ParameterizedTest
  @EnumSource
  @Timeout(120)
  void sessions_of_Socket_IO_stay_at_their_server(Proxy.Kind kind) throws Exception {
    scripts.run(
        "socket-io-proxy.mjs",
        Map.of("PROXY_URL", PROXIES.get(kind).http("").toString()),
        Map.of());
  }

  /** Listens at each server, past the proxies, to what its clients say. */
  private static final class Witnesses implements AutoCloseable {
    private final Received atOne = new Received();
    private final Received atTwo = new Received();
    private final List<WebSocket> sockets = List.of(listen(one, atOne), listen(two, atTwo));
    private int messages;

    Witnesses() throws Exception {}

    private static WebSocket listen(RestartableRunner server, Received received) throws Exception {
      return HttpClient.newHttpClient()
          .newWebSocketBuilder()
          .buildAsync(server.webSocket("broadcast"), received)
          .get(10, TimeUnit.SECONDS);
    }

    /** The server that a client comes to through a proxy. */
    String serverOf(Proxy proxy, InetAddress from, Optional<String> cookie) throws Exception {
      String message = "message " + messages++;
      try (Client client = new Client(proxy, from, cookie)) {
        client.send(message);
        while (true) {
          if (message.equals(atOne.pollText(10))) {
            return "one";
          }
          if (message.equals(atTwo.pollText(10))) {
            return "two";
          }
        }
      }
    }

    @Override
    public void close() {
      sockets.forEach(WebSocket::abort);
    }
  }

  /** A client whose address is chosen, which the JDK's cannot. */
  private static final class Client implements AutoCloseable {
    private final Socket socket = new Socket();
    final List<String> head = new ArrayList<>();

    Client(Proxy proxy, InetAddress from, Optional<String> cookie) throws IOException {
      socket.setSoTimeout(10_000);
      socket.bind(new InetSocketAddress(from, 0));
      socket.connect(proxy.address());
      String request =
          "GET /broadcast HTTP/1.1\r\nHost: server.test\r\nConnection: Upgrade\r\n"
              + "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
              + "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"
              + cookie.map(value -> "Cookie: " + value + "\r\n").orElse("")
              + "\r\n";
      socket.getOutputStream().write(request.getBytes(ISO_8859_1));
      BufferedReader in =
          new BufferedReader(new InputStreamReader(socket.getInputStream(), ISO_8859_1));
      for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
        head.add(line);
      }
      assertThat(head.get(0)).startsWith("HTTP/1.1 101");
    }

    /** Sends a short text, masked with zeros (RFC 6455 section 5.3). */
    void send(String text) throws IOException {
      ByteBuffer frame = ByteBuffer.allocate(6 + text.length());
      frame.put((byte) 0x81).put((byte) (0x80 | text.length())).putInt(0);
      socket.getOutputStream().write(frame.put(text.getBytes(ISO_8859_1)).array());
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
