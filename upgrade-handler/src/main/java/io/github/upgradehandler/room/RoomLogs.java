package io.github.upgradehandler.room;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.Recipient;
import io.github.upgradehandler.internal.room.Lane;
import io.github.upgradehandler.internal.room.LogLimits;
import io.github.upgradehandler.internal.room.LogTally;
import io.github.upgradehandler.internal.room.NodeName;
import io.github.upgradehandler.internal.room.Outbox;
import io.github.upgradehandler.internal.room.RoomLog;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Holding;
import io.github.upgradehandler.room.log.LogCounts;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.log.Retention;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The logged rooms of a node: who is attached to which, and what is published. Thread-safe. */
final class RoomLogs implements Engine.Listener {

  private final String node = NodeName.newProcess();
  private final Engine engine;
  private final Predicate<String> logged;
  private final Retention retention;
  private final LogFraming framing;
  private final LogTally tally;
  private final AtomicLong sequence = new AtomicLong();
  private final Map<String, LoggedRoom> rooms = new ConcurrentHashMap<>();

  RoomLogs(
      Engine engine,
      Predicate<String> logged,
      Retention retention,
      LogFraming framing,
      Holding holding) {
    this.engine = engine;
    this.logged = logged;
    this.retention = Objects.requireNonNull(retention, "retention");
    this.framing = framing;
    this.tally = new LogTally(holding);
    engine.start(this);
  }

  /** For rooms of which none is logged. */
  static RoomLogs none() {
    return new RoomLogs(
        Engine.inMemory(), room -> false, Retention.DEFAULTS, new NoFraming(), Holding.DEFAULTS);
  }

  boolean isLogged(String room) {
    return logged.test(room);
  }

  /**
   * Says that a room is to be published to, where it is.
   *
   * @throws IllegalStateException if it is logged
   */
  void requirePlain(Audience channel, String instead) {
    if (channel.kind() == Audience.Kind.ROOM && isLogged(channel.name())) {
      throw new IllegalStateException("room '" + channel.name() + "' is logged: " + instead);
    }
  }

  /** Why a room cannot be joined, for the application; empty: it can. */
  Optional<String> refusal(String room) {
    return isLogged(room) ? engine.refusal(room) : Optional.empty();
  }

  /**
   * A member has joined.
   *
   * @param from what it has seen already, if it says so
   */
  void joined(Recipient member, String room, @Nullable Position from) {
    if (isLogged(room)) {
      use(room).attach(member, from);
    }
  }

  /** A member has left. */
  void left(Recipient member, String room) {
    detach(member, room);
  }

  /**
   * Attaches a subscriber, unless it is one of the room.
   *
   * @param from what it has seen already, if it says so
   * @throws IllegalStateException if the room is not logged
   */
  void subscribe(LogSubscriber subscriber, String room, @Nullable Position from) {
    requireLogged(room, "subscribe a Subscriber");
    attach(subscriber, room, from);
  }

  /** Attaches a subscriber of the library's own to a log that is no room's. */
  void follow(LogSubscriber subscriber, String log) {
    attach(subscriber, log, null);
  }

  private void attach(LogSubscriber subscriber, String room, @Nullable Position from) {
    if (!use(room).attach(subscriber, from)) {
      unuse(room);
    }
  }

  /** A subscriber wants no more, if it was one. */
  void unsubscribe(LogSubscriber subscriber, String room) {
    detach(subscriber, room);
  }

  private void detach(Object gone, String room) {
    LoggedRoom there = rooms.get(room);
    if (there != null) {
      // Not before: one that is opened anew would be unsubscribed by the end of this.
      there.detach(gone, () -> unuse(room));
    }
  }

  private void requireLogged(String room, String instead) {
    if (!isLogged(room)) {
      throw new IllegalStateException(
          "room '" + room + "' is not logged, see Rooms.Builder.logged: " + instead);
    }
  }

  /**
   * Publishes to a room.
   *
   * @throws IllegalStateException if it is not logged
   */
  CompletionStage<Published> publish(
      String room, @Nullable Recipient except, PreparedMessage message) {
    requireLogged(room, "use send");
    return append(room, except, message);
  }

  /** Appends to the log of a room, or to one of the library's own. */
  CompletionStage<Published> append(
      String room, @Nullable Recipient except, PreparedMessage message) {
    Optional<String> refusal = engine.refusal(room);
    if (refusal.isPresent()) {
      return CompletableFuture.completedStage(tally.count(new Published.Refused(refusal.get())));
    }
    CompletionStage<Published> answer =
        use(room).outbox().publish(except == null ? "" : except.id(), message);
    return answer.whenComplete((published, error) -> unuse(room));
  }

  private LoggedRoom use(String room) {
    return Objects.requireNonNull(
        rooms.compute(
            room,
            (name, there) -> {
              LoggedRoom used = there == null ? open(name) : there;
              used.use();
              return used;
            }));
  }

  private LoggedRoom open(String room) {
    Outbox outbox =
        new Outbox(
            node, room, engine, System::nanoTime, retention, tally, sequence::incrementAndGet);
    return new LoggedRoom(
        room,
        node,
        framing,
        outbox,
        tally,
        audience ->
            new RoomLog(room, engine, new Lane("a logged room"), LogLimits.DEFAULTS, audience));
  }

  private void unuse(String room) {
    rooms.computeIfPresent(room, (name, used) -> used.unuse() ? null : used);
  }

  @Override
  public void pushed(String room, Position position, Entry entry) {
    LoggedRoom there = rooms.get(room);
    if (there != null) {
      there.log().pushed(position, entry);
    }
  }

  @Override
  public LogCounts counts() {
    return tally.counts();
  }

  @Override
  public void away() {
    forEach(RoomLog::away);
  }

  @Override
  public void back() {
    forEach(RoomLog::back);
  }

  @Override
  public void check(String room) {
    LoggedRoom there = rooms.get(room);
    if (there != null) {
      there.log().audit();
    }
  }

  private void forEach(Consumer<RoomLog> action) {
    rooms.values().forEach(room -> action.accept(room.log()));
  }

  /** Nothing is framed where nothing is logged. */
  private static final class NoFraming implements LogFraming {
    @Override
    public PreparedMessage message(String room, Position position, PreparedMessage message) {
      return message;
    }

    @Override
    public PreparedMessage lost(String room, Lost lost) {
      throw new IllegalStateException("no room is logged");
    }

    @Override
    public PreparedMessage joined(String room, Position position) {
      throw new IllegalStateException("no room is logged");
    }
  }
}
