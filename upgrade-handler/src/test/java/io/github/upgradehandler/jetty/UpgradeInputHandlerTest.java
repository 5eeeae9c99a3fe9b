package io.github.upgradehandler.jetty;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.io.ArrayByteBufferPool;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.util.thread.QueuedThreadPool;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a servlet can read from an upgraded request on Jetty. */
@Timeout(15)
class UpgradeInputHandlerTest {
  private static final String HANDSHAKE =
      """
      GET /echo HTTP/1.1\r
      Host: localhost\r
      Connection: keep-alive, Upgrade\r
      Upgrade: WebSocket\r
      \r
      """;

  // Three masked text frames: "a", "bc", and "def" in two halves where a test wants halves.
  private static final byte[] THREE_FRAMES =
      HexFormat.of().parseHex("818100000000618182000000006263818300000000646566");

  private final ArrayByteBufferPool.Tracking buffers = new ArrayByteBufferPool.Tracking();
  private final QueuedThreadPool threads = new QueuedThreadPool(16);
  private final Server server = new Server(threads, null, buffers);
  private final FillCountingConnector connector = new FillCountingConnector(server);
  private final RawEcho servlet = new RawEcho();
  private final ServletContextHandler context = new ServletContextHandler("/");

  @BeforeEach
  void start() throws Exception {
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    context.addServlet(new ServletHolder(servlet), "/echo");
    serve(new UpgradeInputHandler(context));
  }

  private void serve(Handler handler) throws Exception {
    server.stop();
    server.setHandler(handler);
    server.start();
  }

  @AfterEach
  void stop_without_a_leak() throws Exception {
    server.stop();
    assertThat(buffers.getLeaks()).isEmpty();
    assertThat(servlet.ends).as("ends not asked for").isEmpty();
  }

  @Test
  void bytes_after_the_handshake_are_read() throws Exception {
    try (Client client = new Client()) {
      client.send(HANDSHAKE.getBytes(ISO_8859_1));
      assertThat(client.head()).startsWith("HTTP/1.1 101 ");
      client.assertEchoes("first");
      client.assertEchoes("second");
    }
    assertThat(end()).isEqualTo("end");
  }

  @Test
  void a_message_costs_one_read_of_the_socket() throws Exception {
    try (Client client = Client.upgraded(this)) {
      client.assertEchoes("first");
      int before = connector.fills.get();
      for (int i = 0; i < 10; i++) {
        client.assertEchoes("message " + i);
      }
      assertThat(connector.fills.get() - before).isEqualTo(10);
    }
    assertThat(end()).isEqualTo("end");
  }

  @Test
  void frames_in_the_segment_of_the_handshake_are_read() throws Exception {
    try (Client client = new Client()) {
      client.send(concat(HANDSHAKE.getBytes(ISO_8859_1), THREE_FRAMES));
      assertThat(client.head()).startsWith("HTTP/1.1 101 ");
      assertThat(client.receive(THREE_FRAMES.length)).isEqualTo(THREE_FRAMES);
      client.assertEchoes("later");
    }
    assertThat(end()).isEqualTo("end");
  }

  @Test
  void half_a_frame_in_the_segment_of_the_handshake_is_read_and_so_is_the_rest() throws Exception {
    byte[] half = "half a fr".getBytes(ISO_8859_1);
    try (Client client = new Client()) {
      client.send(concat(HANDSHAKE.getBytes(ISO_8859_1), half));
      assertThat(client.head()).startsWith("HTTP/1.1 101 ");
      assertThat(client.receive(half.length)).isEqualTo(half);
      client.assertEchoes("ame");
    }
    assertThat(end()).isEqualTo("end");
  }

  @Test
  void more_early_data_than_the_parser_s_buffer_holds_is_read() throws Exception {
    byte[] much = random(200_000);
    try (Client client = new Client()) {
      CompletableFuture<Void> sent =
          CompletableFuture.runAsync(
              () -> client.send(concat(HANDSHAKE.getBytes(ISO_8859_1), much)));
      assertThat(client.head()).startsWith("HTTP/1.1 101 ");
      assertThat(client.receive(much.length)).isEqualTo(much);
      sent.get(10, SECONDS);
    }
    assertThat(end()).isEqualTo("end");
  }

  @Test
  void a_stream_larger_than_every_buffer_is_read() throws Exception {
    byte[] much = random(8 * 1024 * 1024);
    try (Client client = Client.upgraded(this)) {
      CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> client.send(much));
      assertThat(client.receive(much.length)).isEqualTo(much);
      sent.get(10, SECONDS);
    }
    assertThat(end()).isEqualTo("end");
  }

  @Test
  void a_reset_ends_the_input_once() throws Exception {
    try (Client client = Client.upgraded(this)) {
      client.assertEchoes("x");
      client.socket.setSoLinger(true, 0);
    }
    assertThat(end()).isIn("end", "EofException", "ClosedChannelException");
    await(() -> connector.getConnectedEndPoints().isEmpty());
  }

  @Test
  void the_end_of_the_stream_frees_the_connection() throws Exception {
    try (Client client = Client.upgraded(this)) {
      client.socket.shutdownOutput();
      assertThat(client.in.read()).isEqualTo(-1);
    }
    assertThat(end()).isEqualTo("end");
    await(() -> connector.getConnectedEndPoints().isEmpty());
  }

  @Test
  void an_idle_timeout_fails_the_read_once() throws Exception {
    connector.setIdleTimeout(200);
    try (Client client = Client.upgraded(this)) {
      assertThat(end()).isEqualTo("TimeoutException");
      assertThat(client.in.read()).as("closed by the listener").isEqualTo(-1);
    }
  }

  @Test
  void stopping_the_server_fails_the_read_once() throws Exception {
    try (Client client = Client.upgraded(this)) {
      client.assertEchoes("x");
      server.stop();
      assertThat(end()).isNotEqualTo("end");
    }
  }

  @Test
  void what_follows_a_closed_tunnel_is_not_taken_for_a_request() throws Exception {
    try (Client client = Client.upgraded(this)) {
      client.send("!".getBytes(ISO_8859_1));
      assertThat(client.receive(1)).isEqualTo(new byte[] {'!'});
      assertThat(client.in.read()).isEqualTo(-1);
      await(() -> connector.getConnectedEndPoints().isEmpty());
    }
  }

  @Test
  void what_follows_a_closed_tunnel_with_early_data_is_not_taken_for_a_request() throws Exception {
    try (Client client = new Client()) {
      client.send((HANDSHAKE + "!").getBytes(ISO_8859_1));
      assertThat(client.head()).startsWith("HTTP/1.1 101 ");
      assertThat(client.receive(1)).isEqualTo(new byte[] {'!'});
      assertThat(client.in.read()).isEqualTo(-1);
      await(() -> connector.getConnectedEndPoints().isEmpty());
    }
  }

  @Test
  void idle_connections_hold_no_buffer_and_no_thread() throws Exception {
    List<Client> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 50; i++) {
        Client client = Client.upgraded(this);
        client.assertEchoes("hello");
        clients.add(client);
      }
      await(() -> buffers.getLeaks().isEmpty());
      // One selector and one acceptor; the rest of the sixteen is at rest.
      await(() -> threads.getUtilizedThreads() == 0);
    } finally {
      for (Client client : clients) {
        client.close();
        assertThat(end()).isEqualTo("end");
      }
    }
  }

  @Test
  void installing_it_twice_does_no_harm() throws Exception {
    server.stop();
    context.insertHandler(new UpgradeInputHandler());
    serve(new UpgradeInputHandler(new UpgradeInputHandler(context)));
    try (Client client = Client.upgraded(this)) {
      client.assertEchoes("first");
      client.assertEchoes("second");
    }
    assertThat(end()).isEqualTo("end");
  }

  @Test
  void inside_the_context_it_works_as_well() throws Exception {
    server.stop();
    context.insertHandler(new UpgradeInputHandler());
    serve(context);
    try (Client client = Client.upgraded(this)) {
      client.assertEchoes("first");
      client.assertEchoes("second");
    }
    assertThat(end()).isEqualTo("end");
  }

  @Test
  void other_requests_pass_untouched() throws Exception {
    try (Client client = new Client()) {
      for (int i = 0; i < 2; i++) {
        client.send("GET /echo HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(ISO_8859_1));
        assertThat(client.head()).startsWith("HTTP/1.1 426 ");
        assertThat(client.receive(10)).asString(ISO_8859_1).isEqualTo("no upgrade");
        client.send(
            "POST /echo HTTP/1.1\r\nHost: localhost\r\nContent-Length: 4\r\n\r\nbody"
                .getBytes(ISO_8859_1));
        assertThat(client.head()).startsWith("HTTP/1.1 200 ");
        assertThat(client.receive(4)).asString(ISO_8859_1).isEqualTo("body");
        client.send(HANDSHAKE.replace("/echo", "/echo?refuse=yes").getBytes(ISO_8859_1));
        assertThat(client.head()).startsWith("HTTP/1.1 426 ");
        assertThat(client.receive(10)).asString(ISO_8859_1).isEqualTo("no upgrade");
      }
    }
  }

  private String end() throws InterruptedException {
    String end = servlet.ends.poll(10, SECONDS);
    assertThat(end).as("how the input ended").isNotNull();
    return end;
  }

  private static void await(BooleanSupplier condition) {
    assertTimeoutPreemptively(
        Duration.ofSeconds(10),
        () -> {
          while (!condition.getAsBoolean()) {
            LockSupport.parkNanos(1_000_000);
          }
        });
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    new Random(1).nextBytes(bytes);
    for (int i = 0; i < length; i++) {
      // The echo may find any byte at the start of a read.
      bytes[i] = bytes[i] == RawEcho.CLOSE ? 0 : bytes[i];
    }
    return bytes;
  }

  private static byte[] concat(byte[] first, byte[] second) {
    ByteArrayOutputStream both = new ByteArrayOutputStream();
    both.writeBytes(first);
    both.writeBytes(second);
    return both.toByteArray();
  }

  private final class Client implements AutoCloseable {
    final Socket socket;
    final InputStream in;

    Client() throws IOException {
      socket = new Socket(InetAddress.getLoopbackAddress(), connector.getLocalPort());
      socket.setTcpNoDelay(true);
      in = socket.getInputStream();
    }

    static Client upgraded(UpgradeInputHandlerTest test) throws IOException {
      Client client = test.new Client();
      client.send(HANDSHAKE.getBytes(ISO_8859_1));
      assertThat(client.head()).startsWith("HTTP/1.1 101 ");
      return client;
    }

    void send(byte[] bytes) {
      try {
        socket.getOutputStream().write(bytes);
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }

    byte[] receive(int length) throws IOException {
      byte[] bytes = in.readNBytes(length);
      assertThat(bytes).hasSize(length);
      return bytes;
    }

    void assertEchoes(String text) throws IOException {
      send(text.getBytes(ISO_8859_1));
      assertThat(receive(text.length())).asString(ISO_8859_1).isEqualTo(text);
    }

    String head() throws IOException {
      StringBuilder head = new StringBuilder();
      while (head.indexOf("\r\n\r\n") < 0) {
        int next = in.read();
        assertThat(next).as("after %s", head).isNotNegative();
        head.append((char) next);
      }
      return head.toString();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }
}
