package io.github.upgradehandler.internal.sse;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.internal.log.EndpointLog;
import io.github.upgradehandler.internal.log.Log;
import io.github.upgradehandler.internal.log.LogKind;
import io.github.upgradehandler.internal.work.Draining;
import io.github.upgradehandler.internal.work.Failures;
import io.github.upgradehandler.internal.work.GuardDeadlines;
import io.github.upgradehandler.internal.work.Outstanding;
import io.github.upgradehandler.internal.work.RunningTime;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.internal.work.Workers;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.spi.Drainable;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The event streams of one address, and the histories of the rooms that they show. Thread-safe. */
public final class EventStreams implements Drainable {

  private static final Duration MAX_SWEEP_INTERVAL = Duration.ofMillis(250);
  private static final int SWEEPS_PER_DEADLINE = 8;

  private final EventStreamConfig config;
  private final SweepTimer timer;
  private final Workers workers;
  private final GuardDeadlines guardDeadlines;
  private final RunningTime runningTime;
  private final Histories histories;
  private final LoggedFeeds logged = new LoggedFeeds(this);
  private final Set<EventStream> streams = ConcurrentHashMap.newKeySet();
  private final Outstanding unfinished = new Outstanding();
  private final Future<?> sweeping;
  private final Draining draining = new Draining();
  private final EndpointLog log;

  /**
   * Without streams; the timer stays its owner's.
   *
   * @param log of their address, to be closed by the caller
   */
  public EventStreams(EventStreamConfig config, SweepTimer timer, EndpointLog log) {
    this(config, timer, Workers.threads(), log);
  }

  EventStreams(EventStreamConfig config, SweepTimer timer, Workers workers, EndpointLog log) {
    this.log = log;
    this.config = config;
    this.timer = timer;
    this.workers = workers;
    this.guardDeadlines = new GuardDeadlines(workers.guards());
    this.histories = new Histories(config);
    Duration interval = sweepInterval(config);
    this.runningTime = new RunningTime(interval, timer.now());
    this.sweeping = timer.every(interval, this::sweep);
  }

  /**
   * A stream of what is sent to a room from now on, or after the event that the client has seen
   * last. Nothing is written before {@link EventStream#onWritable}.
   *
   * <p>If that fails, the stream has ended when it throws: nothing is left of it, its output is
   * closed and its admission released.
   *
   * @param lastEventId the last event that the client says it has; null or empty if it has none
   * @param admission of the client; released when the stream has ended
   * @param client the path and the peer, for the log
   */
  public EventStream open(
      Room room,
      @Nullable String lastEventId,
      EventOutput output,
      Admission admission,
      String client) {
    EventStream stream = new EventStream(this, output, admission, client);
    try {
      streams.add(stream);
      guardDeadlines.add(admission);
      unfinished.begin();
      show(Objects.requireNonNull(room, "no room to show"), stream, lastEventId);
    } catch (Throwable e) {
      stream.end();
      throw e;
    }
    forget(now());
    if (draining.isOver()) {
      stream.end();
    } else if (draining.isBegun()) {
      stream.finish();
    }
    return stream;
  }

  private void show(Room room, EventStream stream, @Nullable String lastEventId) {
    Feed feed = room.isLogged() ? logged.enter(room) : histories.enter(room);
    if (stream.shows(feed)) {
      feed.add(stream, lastEventId);
    } else {
      leave(feed);
    }
  }

  /** Whether {@link #startDraining} was called: no more requests are to be accepted. */
  public boolean isDraining() {
    return draining.isBegun();
  }

  /** How many streams there are. */
  public int size() {
    return streams.size();
  }

  /** Ends every stream, also those that are opened later, when everything is sent. */
  @Override
  public void startDraining() {
    if (draining.begin(config.drainTimeout())) {
      streams.forEach(EventStream::finish);
    }
  }

  @Override
  public void drain() {
    startDraining();
    draining.await(unfinished);
    streams.forEach(EventStream::end);
    sweeping.cancel(false);
    histories.close();
    forget(now());
    workers.shutdown();
  }

  /** The options in force. */
  public EventStreamConfig config() {
    return config;
  }

  /** A stream of that client has ended. */
  void logEnd(LogKind kind, String client, String why, @Nullable Throwable thrown) {
    String ended = "ended: " + why;
    log.write(
        kind,
        "event streams " + ended,
        () -> "the event stream for " + client + " has " + ended,
        thrown);
  }

  /** The running time, see {@link RunningTime}. */
  long now() {
    return runningTime.last();
  }

  /**
   * A stream has ended; called once for each.
   *
   * @param feed what it showed; null if it has not come to that
   */
  void ended(EventStream stream, @Nullable Feed feed) {
    boolean known = streams.remove(stream);
    try {
      if (feed != null) {
        feed.remove(stream);
        leave(feed);
      }
    } finally {
      stream.admission().release();
      if (known) {
        guardDeadlines.remove(stream.admission());
        unfinished.end();
      }
    }
  }

  private void leave(Feed feed) {
    if (feed instanceof LoggedFeed ofLog) {
      logged.leave(ofLog);
    } else if (feed instanceof RoomFeed plain) {
      histories.leave(plain, now());
      forget(now());
    }
  }

  /** How many rooms have a history or are shown. */
  int feeds() {
    return histories.size() + logged.size();
  }

  /**
   * Sweeps over the deadlines of every stream, history and guard; confined to one thread at a time.
   * The timer's thread only checks them: what is due is done by others, since it calls guards,
   * backplanes and the container, which must not delay the deadlines of others.
   */
  void sweep() {
    long clock = timer.now();
    long now = runningTime.at(clock);
    workers.revive();
    for (EventStream stream : streams) {
      try {
        Runnable due = stream.check(now);
        if (due != null) {
          onWorker("a deadline of an event stream", due);
        }
      } catch (Throwable e) {
        Log.failure("deadlines of an event stream", e);
      }
    }
    List<RoomFeed> forgotten = histories.takeForgotten(now);
    if (!forgotten.isEmpty()) {
      onWorker("forgetting histories", () -> unsubscribe(forgotten));
    }
    guardDeadlines.check(clock);
    log.reportLeftOut(workers.closers());
  }

  /** Runs what calls other code by another thread. */
  void onWorker(String what, Runnable due) {
    workers.callbacks().execute(() -> Failures.run(what, due));
  }

  private void forget(long now) {
    unsubscribe(histories.takeForgotten(now));
  }

  /** Without a lock: rooms tell their backplane and listeners. */
  private static void unsubscribe(List<RoomFeed> forgotten) {
    for (RoomFeed feed : forgotten) {
      Failures.run("forgetting the history of " + feed.room(), () -> feed.room().unsubscribe(feed));
    }
  }

  private static Duration sweepInterval(EventStreamConfig config) {
    Duration shorter =
        config.sendTimeout().compareTo(config.heartbeatInterval()) < 0
            ? config.sendTimeout()
            : config.heartbeatInterval();
    Duration interval = shorter.dividedBy(SWEEPS_PER_DEADLINE).plusMillis(1);
    return interval.compareTo(MAX_SWEEP_INTERVAL) < 0 ? interval : MAX_SWEEP_INTERVAL;
  }
}
