package io.github.upgradehandler.redis;

import io.github.upgradehandler.room.presence.Part;
import io.github.upgradehandler.room.presence.PresenceEngine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Who is in the rooms of one set, in Redis. Thread-safe. */
final class RedisPresence implements PresenceEngine, Connector.User {

  /** So often a node puts a part of a room at most: those who come at once are put at once. */
  private static final Duration BETWEEN_PUTS = Duration.ofMillis(250);

  private final Connector connector;
  private final Worker worker;
  private final Names names;
  private final PresenceCalls calls;
  private final Set<String> rooms = ConcurrentHashMap.newKeySet();
  private final Audit audit;
  private volatile @Nullable Listener listener;

  RedisPresence(Connector connector, Worker worker, Names names) {
    this.connector = connector;
    this.worker = worker;
    this.names = names;
    this.calls = new PresenceCalls(names);
    this.audit = new Audit(worker, rooms, room -> tell(told -> told.check(room)));
  }

  @Override
  public void start(Listener value) {
    if (listener != null) {
      throw new IllegalStateException("presence is for one Rooms");
    }
    listener = value;
    connector.add(this);
    audit.start();
  }

  private void tell(Consumer<Listener> what) {
    Listener told = listener;
    if (told != null) {
      what.accept(told);
    }
  }

  @Override
  public Optional<String> refusal(String room) {
    return Names.refusal(room);
  }

  @Override
  public CompletionStage<Set<String>> enter(String node, Duration lease) {
    return connector
        .ask(link -> calls.lease(link, node, lease, true))
        .thenApply(PresenceCalls::nodes);
  }

  @Override
  public CompletionStage<Set<String>> renew(String node, Duration lease) {
    return connector
        .ask(link -> calls.lease(link, node, lease, false))
        .thenApply(PresenceCalls::nodes);
  }

  @Override
  public CompletionStage<Void> put(String room, Part part) {
    return connector
        .ask(link -> calls.put(link, room, part))
        .thenCompose(
            done -> {
              CompletableFuture<Void> next = new CompletableFuture<>();
              worker.after(BETWEEN_PUTS, () -> next.complete(null));
              return next;
            });
  }

  @Override
  public CompletionStage<List<Part>> subscribe(String room) {
    rooms.add(room);
    return connector
        .ask(link -> link.subscriptions().add(names.partPushes(room), bytes -> pushed(room, bytes)))
        .thenCompose(confirmed -> read(room));
  }

  private void pushed(String room, byte[] bytes) {
    tell(
        told -> {
          if (bytes.length == 0) {
            told.check(room);
          } else {
            told.changed(room, PresenceCalls.pushed(bytes));
          }
        });
  }

  @Override
  public void unsubscribe(String room) {
    rooms.remove(room);
    connector.tell(link -> link.subscriptions().remove(names.partPushes(room)));
  }

  @Override
  public CompletionStage<List<Part>> read(String room) {
    return connector
        .ask(link -> calls.parts(link, room, List.of()))
        .thenApply(PresenceCalls::parts);
  }

  @Override
  public void forget(String room, Set<String> nodes) {
    connector.tell(link -> calls.parts(link, room, nodes));
  }

  @Override
  public void after(Duration delay, Runnable task) {
    worker.after(delay, task);
  }

  @Override
  public void away() {
    tell(Listener::away);
  }

  @Override
  public void back() {
    tell(Listener::back);
  }

  /** Ends what is done for its rooms; the connection stays, see {@link RedisRooms#close}. */
  @Override
  public void close() {
    audit.close();
    connector.remove(this);
    rooms.forEach(this::unsubscribe);
  }
}
