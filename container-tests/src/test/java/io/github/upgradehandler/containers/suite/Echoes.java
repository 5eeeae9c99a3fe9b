package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.wire.Frame;
import io.github.upgradehandler.containers.wire.Frames;
import io.github.upgradehandler.containers.wire.SocketClient;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Data there and back. */
public interface Echoes extends Suite {

  int PIPELINED = 20_000;

  @ParameterizedTest(name = "echo of {0} bytes")
  @ValueSource(ints = {0, 1, 125, 126, 65_535, 65_536, 1 << 20, 1 << 24})
  default void echo_of_a_size(int size) throws Exception {
    byte[] payload = new byte[size];
    new Random(size).nextBytes(payload);
    String text = "é".repeat(size / 2) + "x".repeat(size % 2);
    try (SocketClient client = SocketClient.open(echo())) {
      client.write(Frames.binary(payload));
      Frame binary = client.readAnsweringPings();
      assertThat(binary.opcode()).isEqualTo(Frame.BINARY);
      assertThat(binary.payload()).isEqualTo(payload);
      client.write(Frames.text(text));
      Frame echoed = client.readAnsweringPings();
      assertThat(echoed.opcode()).isEqualTo(Frame.TEXT);
      assertThat(echoed.text()).isEqualTo(text);
    }
  }

  @Test
  default void fragments_with_pings_between() throws Exception {
    try (SocketClient client = SocketClient.open(echo())) {
      for (int round = 0; round < 100; round++) {
        client.write(Frames.frame(false, Frame.TEXT, new byte[] {'a'}));
        client.write(Frames.ping("p" + round));
        client.write(Frames.frame(false, Frame.CONTINUATION, new byte[0]));
        client.write(Frames.frame(true, Frame.CONTINUATION, new byte[] {'b'}));
        Frame pong = client.readFrame();
        assertThat(pong.opcode()).isEqualTo(Frame.PONG);
        assertThat(pong.text()).isEqualTo("p" + round);
        assertThat(client.readFrame().text()).isEqualTo("ab");
      }
    }
  }

  @Test
  default void a_message_in_segments_of_one_byte() throws Exception {
    try (SocketClient client = SocketClient.open(echo())) {
      for (byte b : Frames.text("slowly but surely")) {
        client.write(new byte[] {b});
      }
      assertThat(client.readFrame().text()).isEqualTo("slowly but surely");
    }
  }

  @Test
  default void twenty_thousand_pipelined_frames() throws Exception {
    try (SocketClient client = SocketClient.open(echo())) {
      FutureTask<Void> writing = inThread(() -> writePipelined(client));
      for (int i = 0; i < PIPELINED; i++) {
        assertThat(client.readFrame().text()).isEqualTo("message " + i);
      }
      writing.get(20, TimeUnit.SECONDS);
    }
  }

  private static Void writePipelined(SocketClient client) throws Exception {
    byte[][] batch = new byte[100][];
    for (int i = 0; i < PIPELINED; i++) {
      batch[i % batch.length] = Frames.text("message " + i);
      if (i % batch.length == batch.length - 1) {
        client.write(Frames.together(batch));
      }
    }
    return null;
  }

  private static FutureTask<Void> inThread(Callable<Void> work) {
    FutureTask<Void> task = new FutureTask<>(work);
    Thread thread = new Thread(task, "writing");
    thread.setDaemon(true);
    thread.start();
    return task;
  }
}
