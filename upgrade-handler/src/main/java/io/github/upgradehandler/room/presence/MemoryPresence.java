package io.github.upgradehandler.room.presence;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** A cluster of one: there is nothing of others to tell. Thread-safe. */
final class MemoryPresence implements PresenceEngine {

  @Override
  public void start(Listener listener) {}

  @Override
  public CompletionStage<Set<String>> enter(String node, Duration lease) {
    return CompletableFuture.completedStage(Set.of(node));
  }

  @Override
  public CompletionStage<Set<String>> renew(String node, Duration lease) {
    return enter(node, lease);
  }

  @Override
  public CompletionStage<Void> put(String room, Part part) {
    return CompletableFuture.completedStage(null);
  }

  @Override
  public CompletionStage<List<Part>> subscribe(String room) {
    return read(room);
  }

  @Override
  public void unsubscribe(String room) {}

  @Override
  public CompletionStage<List<Part>> read(String room) {
    return CompletableFuture.completedStage(List.of());
  }

  @Override
  public void forget(String room, Set<String> nodes) {}

  /** Never: no lease has to be renewed here, and nothing fails that could be tried again. */
  @Override
  public void after(Duration delay, Runnable task) {}

  @Override
  public void close() {}
}
