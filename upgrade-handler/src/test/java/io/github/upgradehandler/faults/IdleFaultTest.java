package io.github.upgradehandler.faults;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.CloseEvent.Initiator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Connections of another process that do nothing, and then all end at once. */
@Timeout(value = 10, unit = TimeUnit.MINUTES)
class IdleFaultTest extends FaultTest {

  /** The profile soak has ten thousand. */
  private static final int IDLE = Integer.getInteger("idle.connections", 100);

  /** Pools grow while all connections are pinged; a thread for each would be far more. */
  private static final int MORE_THREADS = Math.max(20, IDLE / 50);

  private final RecordedEcho echo = new RecordedEcho();

  IdleFaultTest(Container container) {
    super(container);
  }

  @Test
  void R12_undeploying_with_idle_connections_of_another_process() throws Exception {
    serve(handshake -> echo, Map.of("drainTimeout", "60s", "drainCode", "1012"));
    open().close(); // loads what the first connection needs
    echo.nextClosed();
    long heap = LeakCheck.heapAfterCollecting();
    int threads = ManagementFactory.getThreadMXBean().getThreadCount();
    Process clients = clients();
    try (BufferedReader told =
        new BufferedReader(new InputStreamReader(clients.getInputStream(), UTF_8))) {
      assertThat(told.readLine()).isEqualTo("open");
      assertThat(server.openConnections()).isEqualTo(IDLE);
      long heapEach = (LeakCheck.heapAfterCollecting() - heap) / IDLE;
      int threadsMore = ManagementFactory.getThreadMXBean().getThreadCount() - threads;
      assertThat(threadsMore).as("more threads").isLessThan(MORE_THREADS);

      long start = System.nanoTime();
      server.undeploy();
      long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
      System.out.printf(
          "%s: %d idle connections, %d bytes of heap each, %d more threads, drained in %d ms%n",
          container, IDLE, heapEach, threadsMore, millis);
      assertThat(told.readLine()).isEqualTo("{1012=" + IDLE + "}");
      for (int i = 0; i < IDLE; i++) {
        CloseEvent event = echo.nextClosed();
        assertThat(event.code()).isEqualTo(1012);
        assertThat(event.initiator()).isEqualTo(Initiator.LOCAL);
      }
    } finally {
      clients.destroyForcibly();
    }
  }

  private Process clients() throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx1g",
            "-cp",
            System.getProperty("java.class.path"),
            IdleClients.class.getName(),
            "ws://127.0.0.1:" + server.port() + "/socket",
            String.valueOf(IDLE))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
