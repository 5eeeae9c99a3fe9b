package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.wire.Frame;
import io.github.upgradehandler.containers.wire.Frames;
import io.github.upgradehandler.containers.wire.SocketClient;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;

/** What takes minutes, all at once and beside the rest of the suite, with the sample's timeouts. */
public final class LongWaits {

  private final FutureTask<Void> idle;
  private final FutureTask<Void> withoutPong;
  private final FutureTask<Void> withoutClose;

  private LongWaits(URI echo, URI chat) throws IOException {
    idle = begin(echo, LongWaits::idleForTwoMinutes);
    withoutPong = begin(echo, LongWaits::withoutPong);
    withoutClose = begin(chat, LongWaits::withoutClose);
  }

  /** With every connection open. */
  public static LongWaits begin(URI echo, URI chat) throws IOException {
    return new LongWaits(echo, chat);
  }

  /** What is done with a connection. */
  interface Wait {
    void on(SocketClient client) throws Exception;
  }

  private static FutureTask<Void> begin(URI uri, Wait wait) throws IOException {
    SocketClient client = SocketClient.open(uri);
    FutureTask<Void> task =
        new FutureTask<>(
            () -> {
              try (client) {
                wait.on(client);
              }
              return null;
            });
    Thread thread = new Thread(task, "long wait");
    thread.setDaemon(true);
    thread.start();
    return task;
  }

  void idle() throws Throwable {
    result(idle);
  }

  void withoutPong() throws Throwable {
    result(withoutPong);
  }

  void withoutClose() throws Throwable {
    result(withoutClose);
  }

  private static void result(FutureTask<Void> task) throws Throwable {
    try {
      task.get();
    } catch (ExecutionException e) {
      throw e.getCause();
    }
  }

  /** The option pingInterval, 20 s by default. */
  private static void idleForTwoMinutes(SocketClient client) throws Exception {
    client.patience(Duration.ofSeconds(30));
    for (int i = 0; i < 6; i++) {
      Frame ping = client.readFrame();
      assertThat(ping.opcode()).isEqualTo(Frame.PING);
      client.write(Frames.pong(ping.payload()));
    }
    client.write(Frames.text("still here"));
    assertThat(client.readAnsweringPings().text()).isEqualTo("still here");
  }

  /** The option pongTimeout, 20 s by default. */
  private static void withoutPong(SocketClient client) throws Exception {
    client.patience(Duration.ofSeconds(30));
    assertThat(client.readFrame().opcode()).isEqualTo(Frame.PING);
    client.expectEnd(Duration.ofSeconds(30));
  }

  /** The option closeTimeout, 10 s by default. */
  private static void withoutClose(SocketClient client) throws Exception {
    client.write(Frames.binary(new byte[1]));
    Endings.expectClose(client, 1003);
    client.expectEnd(Duration.ofSeconds(15));
  }
}
