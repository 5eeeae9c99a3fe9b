package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.wire.Frames;
import io.github.upgradehandler.containers.wire.RawClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;

/** The container is stopped: the last test of all. */
public interface Stops extends Suite {

  @Test
  @Order(Integer.MAX_VALUE)
  default void stopped_with_open_connections_it_says_1001() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        clients.add(RawClient.open(echo()));
        clients.add(RawClient.open(broadcast()));
      }
      container().stop();
      for (RawClient client : clients) {
        assertThat(client.readFrame().status()).isEqualTo(1001);
        client.write(Frames.close(1001));
        client.expectEnd(Duration.ofSeconds(10));
      }
      container().awaitEnd(Duration.ofSeconds(30));
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }
}
