package io.github.upgradehandler.runner.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceAccessMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/**
 * The Autobahn suite, 0.5.6, demands the committed results of every case. Both of its parts run
 * while others wait for their proxies, but not beside a browser.
 */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(value = "browser", mode = ResourceAccessMode.READ)
class AutobahnIT {

  private static EchoServer server;

  @BeforeAll
  static void startServer() throws Exception {
    server = EchoServer.underTest();
  }

  @AfterAll
  static void stopServer() throws Exception {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void framesTextAndClosing() throws Exception {
    runs("conformance", Set.of(1, 2, 3, 4, 5, 6, 7, 10), Duration.ofMinutes(5));
  }

  /** Messages of up to 16 MiB, in up to 65,536 fragments. */
  @Test
  @Tag("slow")
  @Timeout(value = 16, unit = TimeUnit.MINUTES)
  void largeMessages() throws Exception {
    runs("limits", Set.of(9), Duration.ofMinutes(15));
  }

  private static void runs(String name, Set<Integer> groups, Duration limit) throws Exception {
    Path directory = Path.of("target", "autobahn", name);
    assertThat(Autobahn.differences(server.uri(), groups, directory, limit))
        .as("cases of %s, see %s", server.uri(), directory.resolve("index.html"))
        .isEmpty();
  }
}
