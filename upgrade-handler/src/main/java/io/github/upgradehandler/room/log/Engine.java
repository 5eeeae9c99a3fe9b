package io.github.upgradehandler.room.log;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * Keeps the logs of rooms, for one process or for all nodes of a cluster.
 *
 * <p>The methods are called by any thread and neither block nor throw: what fails completes the
 * stage with an {@link EngineException}. Stages and the listener may be completed and called by any
 * thread, also by the caller's before the method returns. A call that is never answered holds up
 * its room: an engine has time-outs.
 */
public interface Engine extends AutoCloseable {

  /**
   * An engine for one {@link io.github.upgradehandler.room.Rooms} alone, in this process's memory.
   */
  static Engine inMemory() {
    return new MemoryEngine(System::nanoTime);
  }

  /** Is told of what comes from other nodes and from this one. */
  interface Listener {

    /**
     * An entry was appended to a room that is subscribed to. Entries may come twice, in any order,
     * late, or not at all: the room reads what is missing.
     */
    void pushed(String room, Position position, Entry entry);

    /** Nothing can be appended, read or pushed for now. */
    void away();

    /** It can again; nothing is subscribed to any more. */
    void back();

    /**
     * Something was appended to a room that is not pushed, or may have been missed: it looks. An
     * engine also calls this now and then.
     */
    void check(String room);

    /** What has become of what the rooms have published, and how often one was told of a gap. */
    default LogCounts counts() {
      return LogCounts.ZERO;
    }
  }

  /** Called first and once. */
  void start(Listener listener);

  /** Why a room of that name can have no log, for the application; empty: it can. */
  default Optional<String> refusal(String room) {
    return Optional.empty();
  }

  /**
   * Appends entries of one node, one after another with nothing between them: all or none. Those
   * with a sequence that is not above the last of that node in that room were appended before, and
   * are not appended again.
   *
   * @return the position of the last of them, also if they were appended before
   */
  CompletionStage<Position> append(String room, List<Entry> entries, Retention retention);

  /** Has a room's entries pushed: all that are appended after the top that this answers with. */
  CompletionStage<Top> subscribe(String room);

  /** Ends {@link #subscribe}; entries on their way may still come. */
  void unsubscribe(String room);

  /** The end of a room's log. */
  CompletionStage<Top> top(String room);

  /**
   * Reads what follows a position, from the first that is kept.
   *
   * @param after an offset of the current epoch
   * @param most entries, from 1; fewer may come only where no more follow
   */
  CompletionStage<Run> read(String room, long after, int most);

  /** Runs a task once after a while, on a thread of its own that the task does not block. */
  void after(Duration delay, Runnable task);

  @Override
  void close();
}
