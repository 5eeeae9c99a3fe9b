package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.War;
import io.github.upgradehandler.containers.wire.Frames;
import io.github.upgradehandler.containers.wire.SocketClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The WAR is undeployed, or the container stopped: the last tests of all. */
public interface Stops extends Suite {

  int LAST = Integer.MAX_VALUE;

  /** Open Liberty waits 30 s for what it counts as open; a stalled reader's connection is. */
  Duration TO_STOP = Duration.ofSeconds(60);

  @Test
  @Order(LAST - 1)
  default void undeployed_with_open_connections_it_says_1001_and_others_live() throws Exception {
    try (SocketClient other = SocketClient.open(echo())) {
      expectGoingAway(
          container().uri(War.SAMPLE_TWIN, "echo"),
          container().uri(War.SAMPLE_TWIN, "broadcast"),
          () -> container().undeploy(War.SAMPLE_TWIN));
      container().awaitUndeployed(War.SAMPLE_TWIN);
      other.write(Frames.text("still here"));
      assertThat(other.readAnsweringPings().text()).isEqualTo("still here");
    }
  }

  @Test
  @Order(LAST)
  default void stopped_with_open_connections_it_says_1001() throws Exception {
    expectGoingAway(echo(), broadcast(), () -> container().stop());
    container().awaitEnd(TO_STOP);
  }

  /** What an administrator does. */
  interface Act {
    void run() throws Exception;
  }

  private static void expectGoingAway(URI echo, URI broadcast, Act act) throws Exception {
    List<SocketClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        clients.add(SocketClient.open(echo));
        clients.add(SocketClient.open(broadcast));
      }
      act.run();
      for (SocketClient client : clients) {
        assertThat(client.readAnsweringPings().status()).isEqualTo(1001);
        client.write(Frames.close(1001));
        client.expectEnd(Duration.ofSeconds(10));
      }
    } finally {
      for (SocketClient client : clients) {
        client.close();
      }
    }
  }
}
