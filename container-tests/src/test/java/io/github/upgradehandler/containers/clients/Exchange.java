package io.github.upgradehandler.containers.clients;

import io.github.upgradehandler.containers.clients.ForeignClient.Met;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/** Messages and their echoes, one after the other, whatever thread reports them. */
final class Exchange {

  private final List<String> messages;
  private final List<String> echoes = new ArrayList<>();
  private final CompletableFuture<Met> met = new CompletableFuture<>();
  private String extensions = "";

  Exchange(List<String> messages) {
    this.messages = messages;
  }

  synchronized void opened(String agreed, Consumer<String> sender) {
    extensions = agreed;
    sender.accept(messages.get(0));
  }

  synchronized void received(String echo, Consumer<String> sender) {
    echoes.add(echo);
    if (echoes.size() == messages.size()) {
      met.complete(new Met(extensions, List.copyOf(echoes)));
    } else {
      sender.accept(messages.get(echoes.size()));
    }
  }

  void failed(Throwable cause) {
    met.completeExceptionally(cause);
  }

  Met await() throws Exception {
    return met.get(ForeignClient.SECONDS, TimeUnit.SECONDS);
  }
}
