package io.github.upgradehandler.socketio.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.socketio.SocketIoConfig;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import io.github.upgradehandler.socketio.suites.EngineEchoServlet;
import io.github.upgradehandler.socketio.testing.Heap;
import io.github.upgradehandler.socketio.testing.RunningServer;
import io.github.upgradehandler.socketio.testing.TestClient;
import io.github.upgradehandler.socketio.testing.TestContainer;
import java.io.BufferedReader;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Clients that poll, and wait: none has a thread. */
class IdlePollingTest {

  private static final int MOST_THREADS = 100;
  private static final int MOST_KIBIBYTES = 20;

  @Test
  void hundreds() throws Exception {
    run(600);
  }

  @Test
  @Tag("slow")
  void tenThousand() throws Exception {
    run(9_999); // the test's own client is one more
  }

  private void run(int count) throws Exception {
    EngineEchoServlet servlet =
        new EngineEchoServlet(
            SocketIoConfig.builder().pingInterval(Duration.ofMinutes(10)).build());
    try (RunningServer server = TestContainer.JETTY.start(servlet, "/engine.io/*", 0)) {
      new TestClient(server.port(), "/engine.io/").poll();
      long before = Heap.used();
      int threadsBefore = threads(); // those of tests before, too
      Process clients = clients(server.port(), count);
      try (BufferedReader output = clients.inputReader()) {
        assertThat(output.readLine()).isEqualTo(WaitingClients.WAITING);
        assertThat(servlet.size()).isEqualTo(1 + count);
        int threads = threads() - threadsBefore;
        long kibibytes = (Heap.used() - before) / count / 1024;
        System.out.println(
            count
                + " polls that wait: "
                + threads
                + " threads more, "
                + kibibytes
                + " KiB of heap each");
        assertThat(threads).isLessThan(MOST_THREADS);
        assertThat(kibibytes).isLessThan(MOST_KIBIBYTES);
        servlet.sessions().forEach(session -> session.send(List.of(EnginePacket.text("hello"))));
        for (int i = 0; i < count; i++) {
          assertThat(output.readLine()).isEqualTo("4hello");
        }
      } finally {
        clients.destroyForcibly();
      }
    }
  }

  private static int threads() {
    return ManagementFactory.getThreadMXBean().getThreadCount();
  }

  private static Process clients(int port, int count) throws Exception {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-cp",
            System.getProperty("java.class.path"),
            WaitingClients.class.getName(),
            Integer.toString(port),
            Integer.toString(count))
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }
}
