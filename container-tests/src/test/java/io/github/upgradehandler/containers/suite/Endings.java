package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.wire.Frame;
import io.github.upgradehandler.containers.wire.Frames;
import io.github.upgradehandler.containers.wire.SocketClient;
import java.time.Duration;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every way in which a connection ends: TCP ends too, and the application hears of it. */
public interface Endings extends Suite {

  Duration SOON = Duration.ofSeconds(4);

  /** Section 7.1.1: the server closes TCP first. */
  @ParameterizedTest(name = "the client closes with {0}")
  @ValueSource(ints = {1000, 1001, 3000, 4999})
  default void the_client_closes(int status) throws Exception {
    try (SocketClient client = SocketClient.open(echo())) {
      client.write(Frames.close(status));
      assertThat(client.readFrame().status()).isEqualTo(status);
      client.expectEnd(SOON);
    }
  }

  @Test
  default void the_server_closes_and_is_answered() throws Exception {
    try (SocketClient client = SocketClient.open(chat("eve"))) {
      awaitText(client, "welcome eve");
      client.write(Frames.binary(new byte[1]));
      expectClose(client, 1003);
      client.write(Frames.close(1003));
      client.expectEnd(SOON);
    }
  }

  /** A timer ends the connection, a second after the Close frame. */
  @Test
  default void a_broken_frame_ends_TCP() throws Exception {
    try (SocketClient client = SocketClient.open(echo())) {
      client.write(new byte[] {(byte) 0x81, 0});
      assertThat(client.readFrame().status()).isEqualTo(1002);
      client.expectEnd(SOON);
    }
  }

  @Test
  default void RST_in_the_middle_of_a_frame_is_heard() throws Exception {
    expectLeft(SocketClient::reset);
  }

  @Test
  default void FIN_in_the_middle_of_a_frame_is_heard() throws Exception {
    expectLeft(SocketClient::close);
  }

  @Test
  default void FIN_of_a_client_that_reads_on_is_heard() throws Exception {
    expectLeft(
        client -> {
          client.finish();
          client.readRest();
        });
  }

  /** Does something to a connection. */
  interface Act {
    void to(SocketClient client) throws Exception;
  }

  private void expectLeft(Act act) throws Exception {
    String name = "leaver-" + System.nanoTime() % 1_000_000;
    try (SocketClient witness = SocketClient.open(chat("witness"))) {
      awaitText(witness, "welcome witness"); // and not before hears of others
      SocketClient leaver = SocketClient.open(chat(name));
      awaitText(witness, "joined " + name);
      awaitText(leaver, "welcome " + name);
      byte[] frame = Frames.text("never to be completed");
      leaver.write(Arrays.copyOf(frame, frame.length / 2));
      act.to(leaver);
      witness.patience(SOON);
      awaitText(witness, "left " + name);
      witness.write(Frames.close(1000));
      expectClose(witness, 1000);
      witness.expectEnd(SOON);
    }
  }

  /** Lines of the chat may come before it. */
  static void expectClose(SocketClient client, int status) throws Exception {
    Frame frame = client.readAnsweringPings();
    while (frame.opcode() == Frame.TEXT) {
      frame = client.readAnsweringPings();
    }
    assertThat(frame.status()).isEqualTo(status);
  }

  static void awaitText(SocketClient client, String text) throws Exception {
    Frame frame = client.readAnsweringPings();
    while (!frame.text().equals(text)) {
      frame = client.readAnsweringPings();
    }
  }
}
