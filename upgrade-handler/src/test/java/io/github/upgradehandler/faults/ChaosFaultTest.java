package io.github.upgradehandler.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Clients behind a {@link ChaosProxy} each: seconds in every build, hours with the profile soak.
 */
@Tag("slow")
@Timeout(value = 4, unit = TimeUnit.HOURS)
class ChaosFaultTest extends FaultTest {

  private static final long SECONDS = Long.getLong("chaos.seconds", 2);

  /** Between two conversations of a client, so that hours of them leave the machine to others. */
  private static final int PAUSE_MILLIS = Integer.getInteger("chaos.pause.millis", 0);

  /** After each, nothing may be left. */
  private static final long ROUND_SECONDS = 300;

  private static final List<ChaosClient> KINDS = List.of(ChaosClient.values());
  private static final int CLIENTS = 15;
  private static final int MESSAGES = 20;
  private static final int LONGEST_MESSAGE = 3000;
  private static final int LETTERS = 16;

  private final AtomicInteger echoed = new AtomicInteger();
  private final AtomicInteger injected = new AtomicInteger();

  ChaosFaultTest(Container container) {
    super(container);
  }

  /** Every echo is right, every end was the proxy's doing, and nothing grows. */
  @Test
  void R6_every_stream_is_delayed_split_cut_and_reset() throws Exception {
    serve(handshake -> new Quiet(), Map.of("compression", "true"));
    List<ChaosProxy> proxies = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      proxies.add(new ChaosProxy(server.port(), i));
    }
    long warmUp = Math.max(1, Math.min(SECONDS / 10, ROUND_SECONDS));
    LeakCheck leaks = new LeakCheck(() -> run(proxies, warmUp), server::openConnections);
    for (long left = SECONDS; left > 0; left -= ROUND_SECONDS) {
      long seconds = Math.min(left, ROUND_SECONDS);
      leaks.assertNothingIsLeftOf(() -> run(proxies, seconds));
      System.out.println(container + ": " + echoed + " echoes, " + injected + " injected ends");
    }
    for (ChaosProxy proxy : proxies) {
      proxy.close();
    }
    assertThat(echoed.get()).isGreaterThan(100);
    assertThat(injected.get()).isPositive();
  }

  /** An echo that remembers nothing. */
  private static final class Quiet extends RecordedEcho {
    @Override
    public void onOpen(WebSocket socket) {}

    @Override
    public void onClose(WebSocket socket, CloseEvent event) {}
  }

  private void run(List<ChaosProxy> proxies, long seconds) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
    List<CompletableFuture<Void>> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      ChaosProxy proxy = proxies.get(i);
      ChaosClient kind = KINDS.get(i % KINDS.size());
      Random random = new Random(i);
      CompletableFuture<Void> done = new CompletableFuture<>();
      clients.add(done);
      new Thread(
              () -> {
                try {
                  while (System.nanoTime() - end < 0) {
                    converse(kind, proxy, random);
                    Thread.sleep(PAUSE_MILLIS); // sets the pace; nothing is awaited by it
                  }
                  done.complete(null);
                } catch (Throwable e) {
                  done.completeExceptionally(new AssertionError("with " + kind, e));
                }
              })
          .start();
    }
    CompletableFuture.allOf(clients.toArray(CompletableFuture[]::new)).join();
  }

  private void converse(ChaosClient kind, ChaosProxy proxy, Random random) throws Exception {
    proxy.begin();
    try (ChaosClient.Conversation conversation = kind.open(proxy)) {
      for (int i = 0; i < MESSAGES; i++) {
        String message = message(random);
        assertThat(conversation.exchange(message)).isEqualTo(message);
        echoed.incrementAndGet();
      }
      conversation.finish();
    } catch (InterruptedIOException e) {
      throw e; // an end that nobody was told of
    } catch (IOException e) {
      if (!proxy.hasEnded()) {
        throw e;
      }
      injected.incrementAndGet();
    }
  }

  /** Half of it is lost to compression. */
  private static String message(Random random) {
    StringBuilder message = new StringBuilder();
    for (int left = random.nextInt(LONGEST_MESSAGE); left > 0; left--) {
      message.append((char) ('a' + random.nextInt(LETTERS)));
    }
    return message.toString();
  }
}
