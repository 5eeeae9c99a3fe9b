package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.ping;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.faults.ServerProcess.Question;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testkit.Frame;
import java.io.EOFException;
import java.io.IOException;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Peers that fall silent together. The server is a process of its own, whose threads are counted:
 * many systems limit what one user may have.
 */
class SilenceFaultTest extends FaultTest {

  /** The profile all has 800. */
  private static final int SILENT = Integer.getInteger("silent.peers", 100);

  private static final int MAX_THREADS = 250;

  /** So few that nobody is given up before all are open. */
  private static final int OPENED_IN_A_ROW = 100;

  private static final Map<String, String> DEADLINES =
      Map.of("pingInterval", "2s", "pongTimeout", "1s");

  SilenceFaultTest(Container container) {
    super(container);
  }

  @Test
  void R31_peers_that_all_fall_silent_at_once() throws Exception {
    List<RawClient> clients = new ArrayList<>();
    try (ServerProcess process = new ServerProcess(container, SilentServlet.class, DEADLINES)) {
      for (int i = 0; i < SILENT; i++) {
        if (i % OPENED_IN_A_ROW == 0) {
          speak(clients);
        }
        clients.add(opened(process));
      }
      speak(clients); // the last word of each
      for (RawClient client : clients) {
        assertThat(pingsUntilEnd(client)).isPositive();
      }
      Await.until("TCP of all to end", () -> process.ask(Question.OPEN_CONNECTIONS) == 0);
      RawClient watched = opened(process);
      clients.add(watched);
      assertThat(pingsUntilEnd(watched)).as("pings of one that came after").isEqualTo(1);
      process.ask(Question.RELEASE);
      Await.until("all to be told", () -> process.ask(Question.ENDED) == SILENT + 1);
      long threads = process.ask(Question.MOST_THREADS);
      System.out.printf("%s: at most %d threads ended %d peers%n", container, threads, SILENT);
      assertThat(threads).isLessThan(MAX_THREADS);
    } finally {
      for (RawClient client : clients) {
        client.close();
      }
    }
  }

  private static RawClient opened(ServerProcess process) throws IOException {
    RawClient client = new RawClient(process.port(), 0);
    client.open();
    return client;
  }

  /** One after the other, so that the container needs no more threads for it than for one. */
  private static void speak(List<RawClient> clients) throws IOException {
    for (RawClient client : clients) {
      client.send(ping("here"));
      while (client.next().kind() != Frame.Kind.PONG) {
        // a ping, which it does not answer
      }
    }
  }

  /** How many pings come before the server ends TCP; nothing else may come. */
  private static int pingsUntilEnd(RawClient client) throws IOException {
    int pings = 0;
    try {
      while (true) {
        assertThat(client.next().kind()).isEqualTo(Frame.Kind.PING);
        pings++;
      }
    } catch (EOFException | SocketException e) {
      return pings;
    }
  }
}
