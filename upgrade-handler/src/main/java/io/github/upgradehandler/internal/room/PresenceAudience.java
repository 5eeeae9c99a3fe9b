package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.presence.Present;
import java.util.Set;

/** Is told who is in a room, in order and one after another. */
@FunctionalInterface
public interface PresenceAudience {

  /**
   * Something has changed.
   *
   * @param came users that are there now and were not
   * @param went users that were there and are not
   */
  void changed(Present present, Set<String> came, Set<String> went);
}
