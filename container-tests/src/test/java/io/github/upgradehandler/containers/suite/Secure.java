package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.wire.Frame;
import io.github.upgradehandler.containers.wire.Frames;
import io.github.upgradehandler.containers.wire.Request;
import io.github.upgradehandler.containers.wire.SocketClient;
import java.net.URI;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same over TLS. */
public interface Secure extends Suite {

  private URI secureEcho() {
    return container().secureUri("echo");
  }

  @ParameterizedTest(name = "over TLS, echo of {0} bytes")
  @ValueSource(ints = {1, 65_535, 1 << 20, 1 << 24})
  default void over_TLS_echo_of_a_size(int size) throws Exception {
    byte[] payload = new byte[size];
    new Random(size).nextBytes(payload);
    try (SocketClient client = SocketClient.open(secureEcho())) {
      client.write(Frames.binary(payload));
      Frame echoed = client.readAnsweringPings();
      assertThat(echoed.opcode()).isEqualTo(Frame.BINARY);
      assertThat(echoed.payload()).isEqualTo(payload);
      client.write(Frames.close(1000));
      assertThat(client.readFrame().status()).isEqualTo(1000);
      client.expectEnd(Endings.SOON);
    }
  }

  @Test
  default void over_TLS_frames_in_the_record_of_the_handshake() throws Exception {
    try (SocketClient client = SocketClient.connect(secureEcho())) {
      client.write(
          Frames.together(
              Request.handshake(secureEcho()).bytes(), Frames.text("one"), Frames.text("two")));
      assertThat(client.readHead().status()).isEqualTo(101);
      assertThat(client.readFrame().text()).isEqualTo("one");
      assertThat(client.readFrame().text()).isEqualTo("two");
    }
  }

  @Test
  default void over_TLS_a_reader_that_stalls_while_64_MiB_are_sent_loses_nothing()
      throws Exception {
    try (SocketClient client = SocketClient.open(secureEcho())) {
      Flood flood = Flood.start(client);
      flood.awaitStall();
      flood.expectAll(client);
      flood.result(Duration.ofSeconds(10));
    }
  }
}
