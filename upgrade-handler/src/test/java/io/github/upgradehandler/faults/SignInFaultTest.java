package io.github.upgradehandler.faults;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.guard.FirstMessage;
import io.github.upgradehandler.guard.TokenVerifier;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.servlet.WebSocketServlet;
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
    serve(new WebSocketServlet(config, handshake -> new Echo()), Map.of());
    LeakCheck leaks = new LeakCheck(() -> comeAndReset(WARM_UP), server::openConnections);
    leaks.assertNothingIsLeftOf(() -> comeAndReset(RESETS), HEAP_NOISE);
  }

  private void comeAndReset(int count) {
    Crowd.of(
        count,
        number -> {
          RawClient client = container.connect(server.port(), 0);
          if (number % 4 == 0) { // before the answer
            client.send(RawClient.handshake("/socket").getBytes(ISO_8859_1));
          } else {
            client.open();
          }
          client.reset();
        });
  }
}
