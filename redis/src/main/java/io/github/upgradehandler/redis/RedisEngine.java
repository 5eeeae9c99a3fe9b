package io.github.upgradehandler.redis;

import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.EngineException;
import io.github.upgradehandler.room.log.EngineException.Effect;
import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Retention;
import io.github.upgradehandler.room.log.Run;
import io.github.upgradehandler.room.log.Top;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The logs of one set of rooms, in Redis. Thread-safe. */
final class RedisEngine implements Engine, Connector.User {

  private final Connector connector;
  private final Worker worker;
  private final Names names;
  private final Calls calls;
  private final int maxMessageBytes;
  private final Monitor monitor;
  private final Set<String> rooms = ConcurrentHashMap.newKeySet();
  private final Audit audit;
  private volatile @Nullable Listener listener;

  RedisEngine(
      Connector connector, Worker worker, Names names, int maxMessageBytes, Monitor monitor) {
    this.connector = connector;
    this.worker = worker;
    this.names = names;
    this.calls = new Calls(names);
    this.maxMessageBytes = maxMessageBytes;
    this.monitor = monitor;
    this.audit = new Audit(worker, rooms, this::check);
  }

  private void check(String room) {
    Listener told = listener;
    if (told != null) {
      told.check(room);
    }
  }

  @Override
  public void start(Listener value) {
    if (listener != null) {
      throw new IllegalStateException("an engine is for one Rooms");
    }
    listener = value;
    monitor.add(value);
    connector.add(this);
    audit.start();
  }

  @Override
  public Optional<String> refusal(String room) {
    return Names.refusal(room);
  }

  @Override
  public CompletionStage<Position> append(String room, List<Entry> entries, Retention retention) {
    for (Entry entry : entries) {
      int length = entry.message().length();
      if (length > maxMessageBytes) {
        return CompletableFuture.failedStage(
            new EngineException(
                Effect.NEVER,
                "a message of "
                    + length
                    + " bytes is over the limit of "
                    + maxMessageBytes
                    + ", see maxMessageBytes"));
      }
    }
    return connector.ask(calls.append(room, entries, retention)).thenApply(Answers::position);
  }

  @Override
  public CompletionStage<Top> subscribe(String room) {
    rooms.add(room);
    return connector
        .ask(link -> link.subscriptions().add(names.pushes(room), bytes -> pushed(room, bytes)))
        .thenCompose(confirmed -> top(room));
  }

  private void pushed(String room, byte[] bytes) {
    Listener told = listener;
    if (told == null) {
      return;
    }
    Answers.Push push = Answers.Push.parse(bytes);
    Position position = push.first();
    for (Entry entry : push.entries()) {
      told.pushed(room, position, entry);
      position = position.plus(1);
    }
    if (push.entries().isEmpty()) {
      told.check(room);
    }
  }

  @Override
  public void unsubscribe(String room) {
    rooms.remove(room);
    connector.tell(link -> link.subscriptions().remove(names.pushes(room)));
  }

  @Override
  public CompletionStage<Top> top(String room) {
    return connector.ask(link -> calls.top(link, room)).thenApply(Answers::top);
  }

  @Override
  public CompletionStage<Run> read(String room, long after, int most) {
    monitor.filled();
    return connector
        .ask(link -> calls.read(link, room, after, most))
        .thenApply(answer -> Answers.run(after, answer));
  }

  @Override
  public void after(Duration delay, Runnable task) {
    worker.after(delay, task);
  }

  @Override
  public void away() {
    Listener told = listener;
    if (told != null) {
      told.away();
    }
  }

  @Override
  public void back() {
    Listener told = listener;
    if (told != null) {
      told.back();
    }
  }

  /** Ends what is done for its rooms; the connection stays, see {@link RedisRooms#close}. */
  @Override
  public void close() {
    Listener told = listener;
    if (told != null) {
      monitor.remove(told);
    }
    audit.close();
    connector.remove(this);
    rooms.forEach(this::unsubscribe);
  }
}
