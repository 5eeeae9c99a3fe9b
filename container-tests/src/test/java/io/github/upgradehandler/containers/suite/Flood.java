package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.Waiting;
import io.github.upgradehandler.containers.wire.Frame;
import io.github.upgradehandler.containers.wire.Frames;
import io.github.upgradehandler.containers.wire.SocketClient;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/** Sends 64 MiB in numbered messages from a thread of its own. */
final class Flood {

  static final int MESSAGES = 1024;
  static final int MESSAGE_BYTES = 64 * 1024;

  private static final Duration STALL = Duration.ofMillis(700);

  private final FutureTask<Void> writing;
  private volatile int sent;

  private Flood(SocketClient client) {
    writing = new FutureTask<>(() -> write(client));
  }

  static Flood start(SocketClient client) {
    Flood flood = new Flood(client);
    Thread thread = new Thread(flood.writing, "flood");
    thread.setDaemon(true);
    thread.start();
    return flood;
  }

  private Void write(SocketClient client) throws Exception {
    byte[] payload = new byte[MESSAGE_BYTES];
    for (int i = 0; i < MESSAGES; i++) {
      ByteBuffer.wrap(payload).putInt(i);
      client.write(Frames.binary(payload));
      sent = i + 1;
    }
    return null;
  }

  int sent() {
    return sent;
  }

  /** Returns when nothing has gone out for a while. */
  void awaitStall() {
    int[] last = {-1};
    long[] since = {System.nanoTime()};
    Waiting.until(
        "the server stops reading",
        Duration.ofSeconds(10),
        () -> {
          if (sent != last[0]) {
            last[0] = sent;
            since[0] = System.nanoTime();
          }
          return System.nanoTime() - since[0] > STALL.toNanos();
        });
  }

  /** All of it comes back, in order. */
  void expectAll(SocketClient client) throws Exception {
    for (int i = 0; i < MESSAGES; i++) {
      Frame frame = client.readAnsweringPings();
      assertThat(frame.payload()).hasSize(MESSAGE_BYTES);
      assertThat(ByteBuffer.wrap(frame.payload()).getInt()).isEqualTo(i);
    }
  }

  /** Returns when all is written, throws what the writing threw. */
  void result(Duration limit) throws Exception {
    writing.get(limit.toMillis(), TimeUnit.MILLISECONDS);
  }
}
