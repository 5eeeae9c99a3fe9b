package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.testing.ClientFrames.concat;
import static io.github.upgradehandler.testing.ClientFrames.frame;
import static io.github.upgradehandler.testing.ClientFrames.ping;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.internal.frame.FrameWriter;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testing.Echo;
import io.github.upgradehandler.testkit.Frame;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Messages of all sizes over TCP. */
@Timeout(120)
class EchoTest {

  private static final int SIXTEEN_MIB = 16 << 20;

  private static ServletServer server;

  @BeforeAll
  static void start() throws Exception {
    server =
        new ServletServer(
            handshake -> new Echo(), Map.of("maxMessageBytes", Integer.toString(SIXTEEN_MIB)));
  }

  @AfterAll
  static void stop() throws Exception {
    server.close();
  }

  /** Masked with a key that is not zero. */
  private static byte[] masked(Opcode opcode, byte[] payload) {
    return FrameWriter.client(new Random(payload.length)::nextInt)
        .frame(opcode, true, 0, ByteBuffer.wrap(payload));
  }

  private static byte[] binary(int size) {
    byte[] payload = new byte[size];
    new Random(size).nextBytes(payload);
    return payload;
  }

  /** Code points of one to four bytes. */
  private static byte[] text(int size) {
    byte[] pattern = "a\u00e9\u20ac\ud83d\ude00".getBytes(UTF_8);
    byte[] exact = new byte[size];
    Arrays.fill(exact, (byte) 'x');
    for (int i = 0; i + pattern.length <= size; i += pattern.length) {
      System.arraycopy(pattern, 0, exact, i, pattern.length);
    }
    return exact;
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 127, 65_535, 65_536, 65_537, 1_000_000, SIXTEEN_MIB})
  void text_and_binary_of_any_size_come_back(int size) throws Exception {
    try (RawClient client = RawClient.opened(server)) {
      assertComesBack(client, Opcode.TEXT, text(size));
      assertComesBack(client, Opcode.BINARY, binary(size));
    }
  }

  private static void assertComesBack(RawClient client, Opcode opcode, byte[] payload)
      throws Exception {
    client.send(masked(opcode, payload));
    Frame echo = client.next();
    assertThat(echo.kind()).isEqualTo(Frame.Kind.valueOf(opcode.name()));
    assertThat(echo.payload().length).isEqualTo(payload.length);
    assertThat(Arrays.equals(echo.payload(), payload)).isTrue();
  }

  @Test
  void one_byte_more_than_the_bound_is_refused_at_the_header() throws Exception {
    try (RawClient client = RawClient.opened(server)) {
      client.send(ClientFrames.hex("82ff 0000000001000001 00000000"));
      assertThat(client.next())
          .hasToString("close 1009 message too big: maxMessageBytes is 16777216");
    }
  }

  @Test
  void fragments_with_pings_between_are_one_message() throws Exception {
    try (RawClient client = RawClient.opened(server)) {
      client.send(frame(Opcode.TEXT, false, "a".getBytes(UTF_8)), ping("1"));
      assertThat(client.next()).hasToString("pong 1");
      client.send(frame(Opcode.CONTINUATION, false, "b".getBytes(UTF_8)), ping("2"));
      assertThat(client.next()).hasToString("pong 2");
      client.send(frame(Opcode.CONTINUATION, true, "c".getBytes(UTF_8)), ping("3"));
      assertThat(client.next()).hasToString("text abc");
      assertThat(client.next()).hasToString("pong 3");
    }
  }

  @Test
  void F12_one_byte_in_a_segment_is_the_same_as_all_in_one() throws Exception {
    byte[] bytes =
        concat(
            ClientFrames.text("h\u00e9llo"),
            masked(Opcode.BINARY, binary(200)),
            ping("p"),
            ClientFrames.close(1000, "bye"));
    try (RawClient client = RawClient.opened(server)) {
      for (byte b : bytes) {
        client.send(new byte[] {b});
      }
      assertThat(client.next()).hasToString("text 68c3a96c6c6f");
      assertThat(client.next().payload()).isEqualTo(binary(200));
      assertThat(client.next()).hasToString("pong p");
      assertThat(client.next()).hasToString("close 1000");
      assertThat(client.isEnded()).isTrue();
    }
  }

  @Test
  void ten_thousand_messages_in_few_segments_come_back_in_order() throws Exception {
    int count = 10_000;
    byte[][] frames = new byte[count][];
    for (int i = 0; i < count; i++) {
      frames[i] = ClientFrames.text(Integer.toString(i));
    }
    try (RawClient client = RawClient.opened(server)) {
      Thread sending =
          new Thread(
              () -> {
                try {
                  client.send(frames);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
      sending.start();
      for (int i = 0; i < count; i++) {
        assertThat(client.next().text()).isEqualTo(Integer.toString(i));
      }
      sending.join();
    }
  }
}
