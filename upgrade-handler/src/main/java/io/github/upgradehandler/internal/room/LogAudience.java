package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;

/** Gets a room's entries, in order and without gaps but for those that it is told of. */
public interface LogAudience {

  /** The next entry. */
  void entry(Position position, Entry entry);

  /** What comes next does not follow on what came before. */
  void lost(Lost lost);

  /** One that comes to a room, perhaps back. */
  interface Newcomer extends LogAudience {

    /** It has all up to a position: from now on it is one of the room's audience. */
    void attached(Position position);
  }
}
