package io.github.upgradehandler.faults;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;

/** Many clients, played by few threads. */
final class Crowd {

  /** What one client does. */
  interface Client {
    void act(int number) throws Exception;
  }

  private static final int THREADS = 4;

  private Crowd() {}

  /** Has clients 0 to {@code count - 1} act, each once; the first failure is thrown. */
  static void of(int count, Client client) {
    AtomicInteger next = new AtomicInteger();
    CompletableFuture<?>[] all = new CompletableFuture<?>[THREADS];
    for (int i = 0; i < THREADS; i++) {
      all[i] =
          CompletableFuture.runAsync(
              () -> {
                for (int n = next.getAndIncrement(); n < count; n = next.getAndIncrement()) {
                  act(client, n);
                }
              },
              work -> new Thread(work).start());
    }
    CompletableFuture.allOf(all).join();
  }

  private static void act(Client client, int number) {
    try {
      client.act(number);
    } catch (Exception e) {
      throw new CompletionException("client " + number, e);
    }
  }
}
