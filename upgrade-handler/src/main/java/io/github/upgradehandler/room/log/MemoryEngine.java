package io.github.upgradehandler.room.log;

import io.github.upgradehandler.room.log.EngineException.Effect;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Keeps logs in the memory of this process: a cluster of one. Every answer is there when a method
 * returns. Thread-safe.
 */
final class MemoryEngine implements Engine {

  private static final SecureRandom RANDOM = new SecureRandom();

  /** One room's log. */
  private static final class Kept {
    final String epoch = Long.toString(RANDOM.nextLong() >>> 1, Character.MAX_RADIX);
    final ArrayDeque<Entry> entries = new ArrayDeque<>();
    long top;
    long bytes;
    long changedAt;
    Duration time = Retention.DEFAULTS.time();
    long sequence;
    long sequenceAt;
    boolean subscribed;

    Kept(long now) {
      changedAt = now;
    }

    Top top() {
      return new Top(new Position(epoch, top), List.of());
    }
  }

  private final LongSupplier nanoClock;

  // Guarded by the monitor. Those that were appended to last are at the end.
  private final Map<String, Kept> logs = new LinkedHashMap<>();

  private @Nullable Listener listener;

  MemoryEngine(LongSupplier nanoClock) {
    this.nanoClock = nanoClock;
  }

  @Override
  public void start(Listener value) {
    if (listener != null) {
      throw new IllegalStateException("an engine in memory is for one Rooms");
    }
    listener = value;
  }

  @Override
  public CompletionStage<Position> append(String room, List<Entry> entries, Retention retention) {
    Listener told = listener;
    if (told == null) {
      return CompletableFuture.failedStage(new EngineException(Effect.NEVER, "not started"));
    }
    List<Entry> pushed = new ArrayList<>(entries.size());
    Position last;
    Position before;
    synchronized (this) {
      Kept log = kept(room);
      logs.remove(room);
      logs.put(room, log);
      before = log.top().position();
      for (Entry entry : entries) {
        if (entry.sequence() > log.sequence) {
          log.entries.add(entry);
          log.bytes += entry.message().length();
          log.top++;
          log.sequence = entry.sequence();
          log.sequenceAt = log.top;
          if (log.subscribed) {
            pushed.add(entry);
          }
        }
      }
      log.time = retention.time();
      log.changedAt = nanoClock.getAsLong();
      trim(log, retention);
      last = new Position(log.epoch, log.sequenceAt);
    }
    Position position = before;
    for (Entry entry : pushed) { // without the lock: the application is called
      position = position.plus(1);
      told.pushed(room, position, entry);
    }
    return CompletableFuture.completedStage(last);
  }

  private static void trim(Kept log, Retention retention) {
    while (log.entries.size() > retention.messages()
        || (log.bytes > retention.bytes() && log.entries.size() > 1)) {
      log.bytes -= log.entries.remove().message().length();
    }
  }

  @Override
  public synchronized CompletionStage<Top> subscribe(String room) {
    Kept log = kept(room);
    log.subscribed = true;
    return CompletableFuture.completedStage(log.top());
  }

  @Override
  public synchronized void unsubscribe(String room) {
    Kept log = logs.get(room);
    if (log != null) {
      log.subscribed = false;
    }
  }

  /** Never called: nothing fails here that could be tried again. */
  @Override
  public void after(Duration delay, Runnable task) {
    throw new UnsupportedOperationException("nothing is late in memory");
  }

  @Override
  public synchronized CompletionStage<Top> top(String room) {
    return CompletableFuture.completedStage(kept(room).top());
  }

  @Override
  public synchronized CompletionStage<Run> read(String room, long after, int most) {
    Kept log = kept(room);
    long first = Math.max(after, log.top - log.entries.size()) + 1;
    List<Entry> entries =
        log.entries.stream().skip(first - 1 - (log.top - log.entries.size())).limit(most).toList();
    return CompletableFuture.completedStage(new Run(log.top(), first, entries));
  }

  @Override
  public void close() {}

  /** The log of a room, after dropping what has expired. */
  private Kept kept(String room) {
    long now = nanoClock.getAsLong();
    while (!logs.isEmpty()) {
      Map.Entry<String, Kept> oldest = logs.entrySet().iterator().next();
      if (!expire(oldest.getKey(), oldest.getValue(), now)) {
        break;
      }
    }
    Kept log = logs.get(room);
    if (log != null) {
      expire(room, log, now);
    }
    return logs.computeIfAbsent(room, unused -> new Kept(now));
  }

  /** One that someone is attached to keeps its end: nobody has missed anything. */
  private boolean expire(String room, Kept log, long now) {
    if (now - log.changedAt < log.time.toNanos()) {
      return false;
    }
    logs.remove(room);
    if (log.subscribed) {
      log.entries.clear();
      log.bytes = 0;
      log.changedAt = now;
      logs.put(room, log);
    }
    return true;
  }
}
