package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.concat;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.servlet.RawClient;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Clients that do not wait for the answer to their handshake. */
@MethodSource("io.github.upgradehandler.faults.Container#secure")
class EarlyDataFaultTest extends FaultTest {

  private static final byte[] HANDSHAKE = RawClient.handshake("/socket").getBytes(ISO_8859_1);

  EarlyDataFaultTest(Container container) {
    super(container);
  }

  private RawClient serveAndConnect() throws Exception {
    serve(handshake -> new RecordedEcho(), Map.of());
    return connect();
  }

  /** Up to more than a container has in a buffer. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7000, 20_000, 50_000, 60_000, 65_000})
  void R21_a_frame_in_the_handshake_s_segment(int length) throws Exception {
    RawClient client = serveAndConnect();
    String message = "m".repeat(length);
    client.send(HANDSHAKE, text(message));
    assertThat(client.readReply().status()).isEqualTo(101);
    assertThat(client.next().text()).isEqualTo(message);
    client.send(text(message));
    assertThat(client.next().text()).isEqualTo(message);
  }

  @Test
  void R21_frames_behind_the_handshake_one_by_one() throws Exception {
    RawClient client = serveAndConnect();
    client.send(HANDSHAKE);
    for (int i = 0; i < 100; i++) {
      client.send(text("early " + i));
    }
    assertThat(client.readReply().status()).isEqualTo(101);
    for (int i = 0; i < 100; i++) {
      assertThat(client.next()).hasToString("text early " + i);
    }
  }

  @Test
  void R21_a_frame_of_which_half_comes_early() throws Exception {
    RawClient client = serveAndConnect();
    byte[] frame = text("in two");
    int half = frame.length / 2;
    client.send(concat(HANDSHAKE, Arrays.copyOf(frame, half)));
    assertThat(client.readReply().status()).isEqualTo(101);
    client.send(Arrays.copyOfRange(frame, half, frame.length));
    assertThat(client.next()).hasToString("text in two");
  }
}
