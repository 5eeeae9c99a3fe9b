package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.servlet.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Clients behind a {@link ChaosProxy}: seconds in every build, hours with the profile soak. */
@Timeout(value = 4, unit = TimeUnit.HOURS)
class ChaosFaultTest extends FaultTest {

  private static final long SECONDS = Long.getLong("chaos.seconds", 2);
  private static final int CLIENTS = 16;
  private static final int MESSAGES = 20;
  private static final int LONGEST_MESSAGE = 3000;

  private final AtomicInteger echoed = new AtomicInteger();
  private final AtomicInteger injected = new AtomicInteger();

  ChaosFaultTest(Container container) {
    super(container);
  }

  /** Every echo is right, every end was the proxy's doing, and nothing grows. */
  @Test
  void R6_every_stream_is_delayed_split_cut_and_reset() throws Exception {
    serve(handshake -> new Quiet(), Map.of("compression", "true", "closeTimeout", "1s"));
    try (ChaosProxy proxy = new ChaosProxy(server.port(), 6455)) {
      LeakCheck leaks = new LeakCheck(() -> run(proxy, 1), server::openConnections);
      leaks.assertNothingIsLeftOf(() -> run(proxy, SECONDS));
    }
    System.out.println(container + ": " + echoed + " echoes, " + injected + " injected ends");
    assertThat(echoed.get()).isGreaterThan(100);
    assertThat(injected.get()).isPositive();
  }

  /** An echo that remembers nothing. */
  private static final class Quiet extends Echo {
    @Override
    public void onOpen(WebSocket socket) {}

    @Override
    public void onClose(WebSocket socket, CloseEvent event) {}
  }

  private void run(ChaosProxy proxy, long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      Random random = new Random(i);
      CompletableFuture<Void> done = new CompletableFuture<>();
      clients.add(done);
      new Thread(
              () -> {
                try {
                  while (System.nanoTime() - end < 0) {
                    converse(proxy, random);
                  }
                  done.complete(null);
                } catch (Throwable e) {
                  done.completeExceptionally(e);
                }
              })
          .start();
    }
    CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).join();
  }

  private void converse(ChaosProxy proxy, Random random) throws IOException {
    int port = 0;
    try (RawClient client = new RawClient(proxy.port(), 0)) {
      port = client.localPort();
      client.open();
      for (int i = 0; i < MESSAGES; i++) {
        String message = i + " " + "x".repeat(random.nextInt(LONGEST_MESSAGE));
        client.send(text(message));
        assertThat(client.next().text()).isEqualTo(message);
        echoed.incrementAndGet();
      }
      client.send(close(1000, ""));
      assertThat(client.next()).hasToString("close 1000");
      proxy.hasEnded(port);
    } catch (IOException e) {
      if (!proxy.hasEnded(port)) {
        throw e;
      }
      injected.incrementAndGet();
    }
  }
}
