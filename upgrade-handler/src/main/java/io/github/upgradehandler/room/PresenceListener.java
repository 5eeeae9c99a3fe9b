package io.github.upgradehandler.room;

import io.github.upgradehandler.room.presence.Present;
import java.util.Set;

/**
 * Is told who comes and goes over all nodes, on each node that has members in the room. Those that
 * were there when the first member of this node came are in what is told first, and have not come.
 */
@FunctionalInterface
public interface PresenceListener {

  /**
   * Who is in a room has changed. What happens to one room is told in order and one after another,
   * by any thread, which the method must not block. What it throws is logged.
   *
   * @param present who is there now
   * @param came users that are there, on whatever node, and were not
   * @param went users that were there, and are not on any node
   */
  void changed(Room room, Present present, Set<String> came, Set<String> went);
}
