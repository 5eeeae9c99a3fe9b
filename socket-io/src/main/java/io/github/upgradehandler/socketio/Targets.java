package io.github.upgradehandler.socketio;

import java.util.Collections;
import java.util.Set;

/**
 * Whom a broadcast is for, and how it is sent.
 *
 * @param rooms those in any of them; all if empty
 * @param except but not those in any of these
 * @param volatileOnly whether it may be dropped for those that cannot take it at once
 * @param local whether it is for this node alone
 * @param compress whether it is compressed where the options want that
 */
public record Targets(
    Set<String> rooms, Set<String> except, boolean volatileOnly, boolean local, boolean compress) {

  /** All of a namespace, on all nodes. */
  public static final Targets ALL = new Targets(Set.of(), Set.of(), false, false);

  /** Copies the sets. */
  public Targets {
    rooms = Set.copyOf(rooms);
    except = Set.copyOf(except);
  }

  /** To be compressed where the options want that. */
  public Targets(Set<String> rooms, Set<String> except, boolean volatileOnly, boolean local) {
    this(rooms, except, volatileOnly, local, true);
  }

  /** Whether one that is in these rooms is meant. */
  boolean include(Set<String> joined) {
    boolean named = rooms.isEmpty() || !Collections.disjoint(rooms, joined);
    return named && Collections.disjoint(except, joined);
  }
}
