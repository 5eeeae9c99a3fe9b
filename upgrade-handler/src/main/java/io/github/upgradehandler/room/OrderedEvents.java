package io.github.upgradehandler.room;

import io.github.upgradehandler.internal.log.Log;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

/**
 * Reports changes in the order in which they happened, although listeners are called without any
 * lock: the thread that makes a change adds its event under the lock that orders the changes, and
 * calls {@link #tell} after releasing it. Channels share a few lanes, each served by one thread at
 * a time.
 */
final class OrderedEvents {

  private static final int LANES = 16;

  private static final class Lane {
    private final Queue<Runnable> events = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();

    void tell() {
      // The busy thread checks again after its last event: so one of the two sees a new one.
      while (!events.isEmpty() && busy.compareAndSet(false, true)) {
        try {
          for (Runnable event = events.poll(); event != null; event = events.poll()) {
            tell(event);
          }
        } finally {
          busy.set(false);
        }
      }
    }

    private static void tell(Runnable event) {
      try {
        event.run();
      } catch (Throwable e) {
        Log.failure("a listener of rooms or a backplane failed", e);
      }
    }
  }

  private final Lane[] lanes = Stream.generate(Lane::new).limit(LANES).toArray(Lane[]::new);

  void add(Audience channel, Runnable event) {
    lane(channel).events.add(event);
  }

  /** Reports what was added for a channel, unless another thread is about to. */
  void tell(Audience channel) {
    lane(channel).tell();
  }

  private Lane lane(Audience channel) {
    int hash = channel.hashCode();
    return lanes[(hash ^ hash >>> 16) & (LANES - 1)];
  }
}
