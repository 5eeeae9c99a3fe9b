package io.github.upgradehandler.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.guard.FirstMessage;
import io.github.upgradehandler.guard.TokenVerifier;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.servlet.WebSocketServlet;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.Echo;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Clients that leave while a guard would wait for them for minutes. */
class SignInFaultTest extends FaultTest {

  /** The profile all has five thousand. */
  private static final int RESETS = Integer.getInteger("sign.in.resets", 1000);

  private static final int WARM_UP = 1000;
  private static final long HEAP_NOISE = 2 << 20;

  SignInFaultTest(Container container) {
    super(container);
  }

  @Test
  void R13_connects_and_resets_without_a_sign_in() throws Exception {
    WebSocketConfig config =
        WebSocketConfig.builder()
            .guards(new FirstMessage(TokenVerifier.fixed(Map.of()), Duration.ofMinutes(5)))
            .build();
    Visited servlet = new Visited(config);
    // What no container hands over ends with sendTimeout; without a heartbeat, what is handed over
    // must be told of its end.
    serve(servlet, Map.of("sendTimeout", SHORT, "pingInterval", "0"));
    long before = heapAfter(WARM_UP, servlet);
    long after = heapAfter(RESETS, servlet);
    System.out.printf(
        "%s: heap %d -> %d KiB after %d resets%n", container, before >> 10, after >> 10, RESETS);
    assertThat(after - before).as("bytes of heap").isLessThan(HEAP_NOISE);
  }

  private long heapAfter(int resets, Visited servlet) {
    comeAndReset(resets);
    Await.until("all TCP connections to end", () -> server.openConnections() == 0);
    Await.until("all connections to be let go", () -> servlet.size() == 0);
    return LeakCheck.heapAfterCollecting();
  }

  /** Has the connections of an echo, those too that no container has handed over yet. */
  private static final class Visited extends WebSocketServlet {

    Visited(WebSocketConfig config) {
      super(config, handshake -> new Echo());
    }

    int size() {
      return connections().size();
    }
  }

  private void comeAndReset(int count) {
    Crowd.of(
        count,
        number -> {
          RawClient client = container.connect(server.port(), 0);
          if (number % 4 == 0) { // perhaps before the container hands over
            client.send(RawClient.handshake("/socket").getBytes(ISO_8859_1));
          } else {
            client.open();
          }
          client.reset();
        });
  }
}
