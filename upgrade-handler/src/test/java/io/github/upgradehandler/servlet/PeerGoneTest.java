package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.testing.ClientFrames.hex;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** R6 over TCP: the peer is gone. */
@Timeout(60)
class PeerGoneTest {

  private final TellingEcho handler = new TellingEcho();
  private ServletServer server;

  @BeforeEach
  void start() throws Exception {
    server =
        new ServletServer(
            handshake -> handler, Map.of("sendTimeout", "300ms", "closeTimeout", "300ms"));
  }

  @AfterEach
  void nothing_is_left() throws Exception {
    try (ServletServer closing = server) {
      Await.until("TCP to end", () -> closing.openConnections() == 0);
      assertThat(handler.events).as("onClose once").isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "81", "8185", "8185 0000", "8185 00000000 6162", "0181 00000000 61"})
  void R6_fin_in_the_middle_of_a_frame(String begun) throws Exception {
    try (RawClient client = RawClient.opened(server)) {
      client.send(text("a"), hex(begun));
      assertThat(client.next()).hasToString("text a");
      client.finish();
      assertThat(client.isEnded()).isTrue();
    }
    handler.expect("open");
    handler.expect("close 1006 by TRANSPORT");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "81", "8185", "8185 0000", "8185 00000000 6162", "0181 00000000 61"})
  void R6_rst_in_the_middle_of_a_frame(String begun) throws Exception {
    try (RawClient client = RawClient.opened(server)) {
      client.send(text("a"), hex(begun));
      assertThat(client.next()).hasToString("text a");
      client.reset();
    }
    handler.expect("open");
    handler.expect("close 1006 by TRANSPORT");
  }

  @Test
  void R6_rst_while_the_server_sends() throws Exception {
    try (RawClient client = RawClient.opened(server)) {
      WebSocket socket = handler.socket();
      socket.sendBinary(new byte[10_000_000]);
      client.reset();
    }
    handler.expect("close 1006 by TRANSPORT");
  }

  @Test
  void R6_rst_and_fin_after_our_close_frame() throws Exception {
    try (RawClient client = RawClient.opened(server)) {
      handler.socket().close();
      assertThat(client.next()).hasToString("close 1000");
      client.reset();
    }
    handler.expect("close 1006 by LOCAL");
    try (RawClient client = RawClient.opened(server)) {
      handler.socket().close();
      assertThat(client.next()).hasToString("close 1000");
      client.finish();
      assertThat(client.isEnded()).isTrue();
    }
    handler.expect("close 1006 by LOCAL");
  }

  @Test
  void R4_a_peer_that_stops_reading_is_ended_by_the_send_deadline() throws Exception {
    try (RawClient client = new RawClient(server, 4096)) {
      client.open();
      handler.socket().sendBinary(new byte[20_000_000]);
      handler.expect("close 1006 by TRANSPORT");
      Await.until("TCP to end", () -> server.openConnections() == 0);
    }
  }

  @Test
  void R5_a_peer_that_never_answers_our_close_is_ended_by_the_close_deadline() throws Exception {
    try (RawClient client = RawClient.opened(server)) {
      long begin = System.nanoTime();
      handler.socket().close();
      assertThat(client.next()).hasToString("close 1000");
      assertThat(client.isEnded()).isTrue();
      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThan(Duration.ofMillis(200));
    }
    handler.expect("close 1006 by LOCAL");
  }

  @Test
  void abort_from_another_thread_ends_an_idle_connection_at_once() throws Exception {
    try (RawClient client = RawClient.opened(server)) {
      handler.socket().abort();
      assertThat(client.isEnded()).isTrue();
    }
    handler.expect("close 1006 by TRANSPORT");
  }

  @Test
  void R7_abort_inside_on_open_is_no_failure_of_the_upgrade() throws Exception {
    WebSocketHandler aborting =
        new WebSocketHandler() {
          @Override
          public void onOpen(WebSocket socket) {
            socket.abort();
          }

          @Override
          public void onClose(WebSocket socket, CloseEvent event) {
            handler.onClose(socket, event);
          }
        };
    try (CapturedLog log = new CapturedLog();
        ServletServer refusing = new ServletServer(handshake -> aborting, Map.of());
        RawClient client = new RawClient(refusing)) {
      client.send(RawClient.handshake("/socket").getBytes(ISO_8859_1));
      handler.expect("close 1006 by TRANSPORT");
      Await.until("TCP to end", () -> refusing.openConnections() == 0);
      assertThat(log.messages()).isEmpty();
    }
  }
}
