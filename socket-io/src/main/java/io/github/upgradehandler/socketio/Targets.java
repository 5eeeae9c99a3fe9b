package io.github.upgradehandler.socketio;

import java.util.Set;

/**
 * Whom a broadcast is for.
 *
 * @param rooms those in any of them; all if empty
 * @param except but not those in any of these
 * @param volatileOnly whether it may be dropped for those that cannot take it at once
 * @param local whether it is for this node alone
 */
public record Targets(Set<String> rooms, Set<String> except, boolean volatileOnly, boolean local) {

  /** All of a namespace, on all nodes. */
  public static final Targets ALL = new Targets(Set.of(), Set.of(), false, false);

  /** Copies the sets. */
  public Targets {
    rooms = Set.copyOf(rooms);
    except = Set.copyOf(except);
  }
}
