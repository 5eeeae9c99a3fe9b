package io.github.upgradehandler.servlet;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.deflate.Frames;
import io.github.upgradehandler.internal.deflate.Texts;
import io.github.upgradehandler.internal.deflate.WindowedInflater;
import io.github.upgradehandler.testing.Echo;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.zip.Deflater;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Compression over sockets: the handshake's header, large messages, connections that are reset. */
@Timeout(60)
class CompressionTest {

  private static final byte[] HELLO = Frames.bytes("f248cdc9c90700");
  private static final int MIB = 1 << 20;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '\0',
      textBlock =
          """
          false | permessage-deflate                                        | permessage-deflate; server_no_context_takeover
          false | permessage-deflate; client_no_context_takeover            | permessage-deflate; server_no_context_takeover; client_no_context_takeover
          false | permessage-deflate; client_max_window_bits                | permessage-deflate; server_no_context_takeover; client_max_window_bits=12
          true  | permessage-deflate; client_max_window_bits                | permessage-deflate
          true  | permessage-deflate; server_max_window_bits=15             | permessage-deflate; server_max_window_bits=15
          true  | foo, permessage-deflate; server_max_window_bits="9"; server_no_context_takeover | permessage-deflate; server_no_context_takeover; server_max_window_bits=9
          """)
  void the_response_says_what_was_agreed_on(String takeover, String offer, String response)
      throws Exception {
    try (ServletServer server =
            echo(Map.of("compression", "true", "compressionContextTakeover", takeover));
        CompressionClient client = new CompressionClient(server.port(), offer)) {
      assertThat(client.extensions()).containsExactly(response);
      client.send(Frames.COMPRESSED_TEXT, HELLO);
      assertThat(client.receive().brief()).as("below the threshold").isEqualTo("81:5");
    }
  }

  @Test
  void several_lines_of_offers() throws Exception {
    try (ServletServer server =
            echo(Map.of("compression", "true", "compressionContextTakeover", "true"));
        CompressionClient client =
            new CompressionClient(
                server.port(),
                "permessage-deflate; server_max_window_bits=99",
                "permessage-deflate; server_max_window_bits=10, permessage-deflate")) {
      assertThat(client.extensions())
          .containsExactly("permessage-deflate; server_max_window_bits=10");
    }
  }

  /** Fault H8. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "permessage-bzip2",
        "permessage-deflate; unknown",
        "permessage-deflate; server_max_window_bits",
        "permessage-deflate; client_max_window_bits=16, permessage-deflate; x=1"
      })
  void what_is_declined_is_not_in_the_response_and_not_in_force(String offer) throws Exception {
    try (ServletServer server = echo(Map.of("compression", "true", "compressionThreshold", "0"));
        CompressionClient client = new CompressionClient(server.port(), offer)) {
      assertThat(client.extensions()).isEmpty();
      client.send(0x81, "a".repeat(100).getBytes(US_ASCII));
      assertThat(client.receive().brief()).isEqualTo("81:100");
      client.send(Frames.COMPRESSED_TEXT, HELLO);
      assertThat(client.receiveClose()).isEqualTo(1002);
    }
  }

  @Test
  void off_by_default() throws Exception {
    try (ServletServer server = echo(Map.of());
        CompressionClient client = new CompressionClient(server.port(), "permessage-deflate")) {
      assertThat(client.extensions()).isEmpty();
      client.send(Frames.COMPRESSED_TEXT, HELLO);
      assertThat(client.receiveClose()).isEqualTo(1002);
    }
  }

  @ParameterizedTest
  @CsvSource({"true, 15", "true, 11", "false, 15", "false, 9"})
  void a_mebibyte_of_text_both_ways(String takeover, int windowBits) throws Exception {
    Map<String, String> params =
        Map.of(
            "compression",
            "true",
            "compressionContextTakeover",
            takeover,
            "maxMessageBytes",
            Integer.toString(MIB));
    byte[] text = Texts.compressible(MIB, 19);
    WindowedInflater receiver = new WindowedInflater(windowBits);
    Deflater deflater = new Deflater(6, true);
    try (ServletServer server = echo(params);
        CompressionClient client =
            new CompressionClient(
                server.port(), "permessage-deflate; server_max_window_bits=" + windowBits)) {
      for (int i = 0; i < 3; i++) {
        if (takeover.equals("false")) {
          deflater.reset();
          receiver.forget();
        }
        client.sendFragmented(
            Frames.COMPRESSED_TEXT, compressed(deflater, text), i == 1 ? 10_000 : MIB);

        Frames.Frame echo = client.receive();
        assertThat(echo.firstByte()).isEqualTo(Frames.COMPRESSED_TEXT);
        assertThat(receiver.message(echo.payload())).isEqualTo(text);
      }
    } finally {
      deflater.end();
    }
  }

  /** Fault R13: in the middle of a message in either direction. */
  @ParameterizedTest
  @ValueSource(strings = {"true", "false"})
  void connections_that_are_reset_leave_no_codec_behind(String takeover) throws Exception {
    int together = 50;
    int rounds = 6;
    int maxPooled = 2 * 2 * Runtime.getRuntime().availableProcessors();
    Semaphore pinged = new Semaphore(0);
    CountDownLatch ended = new CountDownLatch(rounds * together);
    WebSocketHandler handler =
        new WebSocketHandler() {
          @Override
          public void onOpen(WebSocket socket) {
            socket.sendBinary(ByteBuffer.wrap(Texts.compressible(5000, 1)), false);
          }

          @Override
          public void onPing(WebSocket socket, ByteBuffer payload) {
            pinged.release();
          }

          @Override
          public void onClose(WebSocket socket, CloseEvent event) {
            ended.countDown();
          }
        };
    CountingServlet servlet = new CountingServlet(handler);
    try (ServletServer server =
        new ServletServer(
            servlet, Map.of("compression", "true", "compressionContextTakeover", takeover))) {
      for (int round = 0; round < rounds; round++) {
        List<CompressionClient> clients = new ArrayList<>();
        for (int i = 0; i < together; i++) {
          CompressionClient client = new CompressionClient(server.port(), "permessage-deflate");
          clients.add(client);
          client.send(0x41, Arrays.copyOf(HELLO, 3));
          client.send(0x89, new byte[0]);
        }
        assertThat(pinged.tryAcquire(together, 20, TimeUnit.SECONDS)).isTrue();
        assertThat(servlet.liveCodecs()).as("in use").isGreaterThanOrEqualTo(2 * together);
        for (CompressionClient client : clients) {
          client.reset();
        }
      }
      assertThat(ended.await(20, TimeUnit.SECONDS)).isTrue();
      assertThat(servlet.liveCodecs()).as("in the pool").isLessThanOrEqualTo(maxPooled);
    }
    assertThat(servlet.codecsAtTheEnd).as("when the servlet is gone").isZero();
  }

  /** Remembers what is left when it goes out of service. */
  private static final class CountingServlet extends WebSocketServlet {
    private int codecsAtTheEnd = -1;

    CountingServlet(WebSocketHandler handler) {
      super(handshake -> handler);
    }

    @Override
    public void destroy() {
      super.destroy();
      codecsAtTheEnd = liveCodecs();
    }
  }

  private static ServletServer echo(Map<String, String> params) throws Exception {
    return new ServletServer(handshake -> new Echo(), params);
  }

  private static byte[] compressed(Deflater deflater, byte[] message) {
    byte[] compressed = new byte[message.length];
    deflater.setInput(message);
    int size = deflater.deflate(compressed, 0, compressed.length, Deflater.SYNC_FLUSH);
    return Arrays.copyOf(compressed, size - 4);
  }
}
