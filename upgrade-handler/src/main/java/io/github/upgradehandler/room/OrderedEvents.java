package io.github.upgradehandler.room;

import io.github.upgradehandler.internal.room.Lane;
import java.util.stream.Stream;

/**
 * Reports changes in the order in which they happened, although listeners are called without any
 * lock: the thread that makes a change adds its event under the lock that orders the changes, and
 * calls {@link #tell} after releasing it. Channels share a few lanes, each served by one thread at
 * a time.
 */
final class OrderedEvents {

  private static final int LANES = 16;

  private final Lane[] lanes =
      Stream.generate(() -> new Lane("a listener of rooms or a backplane"))
          .limit(LANES)
          .toArray(Lane[]::new);

  void add(Audience channel, Runnable event) {
    lane(channel).add(event);
  }

  /** Reports what was added for a channel, unless another thread is about to. */
  void tell(Audience channel) {
    lane(channel).run();
  }

  private Lane lane(Audience channel) {
    int hash = channel.hashCode();
    return lanes[(hash ^ hash >>> 16) & (LANES - 1)];
  }
}
