package io.github.upgradehandler.containers.suite;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.containers.wire.JdkClient;
import io.github.upgradehandler.runner.autobahn.Autobahn;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The Autobahn suite, 0.5.6, demands the committed results of every case but those of size. */
public interface Conformance extends Suite {

  @Test
  @Order(Stops.LAST - 5)
  @Tag("slow")
  @Timeout(400)
  default void Autobahn() throws Exception {
    URI webSocket = JdkClient.webSocket(echo());
    Path directory = container().directory().resolve("autobahn");
    assertThat(
            Autobahn.differences(
                webSocket, Set.of(1, 2, 3, 4, 5, 6, 7, 10), directory, Duration.ofMinutes(5)))
        .as("cases, see %s", directory.resolve("index.html"))
        .isEmpty();
  }
}
