package io.github.upgradehandler.room.presence;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;

/**
 * Has the nodes of a cluster know whom the others have in which room. Each node has a lease, which
 * it renews; what a node has put counts as long as its lease runs.
 *
 * <p>The methods are called by any thread and neither block nor throw: what fails completes the
 * stage with an exception. Stages and the listener may be completed and called by any thread, also
 * by the caller's before the method returns. A call that is never answered holds up its room: an
 * engine has time-outs.
 */
public interface PresenceEngine extends AutoCloseable {

  /** An engine for one {@link io.github.upgradehandler.room.Rooms} alone: a cluster of one. */
  static PresenceEngine inMemory() {
    return new MemoryPresence();
  }

  /** Is told of what other nodes and this one put. */
  interface Listener {

    /**
     * A node has put its part of a room that is subscribed to; without connections, it has none any
     * more. Parts may come twice, in any order, late, or not at all.
     */
    void changed(String room, Part part);

    /**
     * Something was put that is not told, or may have been missed: the room is read. An engine also
     * calls this now and then.
     */
    void check(String room);

    /** Nothing can be put, read or told for now. */
    void away();

    /** It can again; nothing is subscribed to any more, and what was put may be lost. */
    void back();
  }

  /** Called first and once. */
  void start(Listener listener);

  /** Why a room of that name can have no presence, for the application; empty: it can. */
  default Optional<String> refusal(String room) {
    return Optional.empty();
  }

  /**
   * Begins the lease of a node whose name never had one.
   *
   * @return the names of all nodes whose lease runs, this one among them
   */
  CompletionStage<Set<String>> enter(String node, Duration lease);

  /**
   * Renews the lease of a node.
   *
   * @return the names of all nodes whose lease runs; this one is not among them if its lease had
   *     ended before, and then never will be again
   */
  CompletionStage<Set<String>> renew(String node, Duration lease);

  /**
   * Puts what a node has in a room, unless a later version is there; without connections: none.
   *
   * @return completes when the next part of that room may be put, which an engine that is to be
   *     spared may hold back for a while
   */
  CompletionStage<Void> put(String room, Part part);

  /** Has a room's parts told: all that are put after the answer was made. */
  CompletionStage<List<Part>> subscribe(String room);

  /** Ends {@link #subscribe}; parts on their way may still come. */
  void unsubscribe(String room);

  /** All parts of a room, those of nodes whose lease has ended too until they are forgotten. */
  CompletionStage<List<Part>> read(String room);

  /** Drops the parts of nodes whose lease has ended. */
  void forget(String room, Set<String> nodes);

  /** Runs a task once after a while, on a thread of its own that the task does not block. */
  void after(Duration delay, Runnable task);

  @Override
  void close();
}
