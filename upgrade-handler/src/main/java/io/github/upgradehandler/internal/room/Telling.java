package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.internal.work.Failures;
import io.github.upgradehandler.room.presence.Part;
import io.github.upgradehandler.room.presence.Present;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Tells an audience who is in a room, where that has changed. Confined to the room's lane, but for
 * {@link #present}.
 */
final class Telling {

  private final PresenceAudience audience;
  private volatile @Nullable Present present;

  Telling(PresenceAudience audience) {
    this.audience = audience;
  }

  /** What was told last; null if nothing was. */
  @Nullable Present present() {
    return present;
  }

  /** Nothing is told for a while: what comes then is not compared with what was told before. */
  void forget() {
    present = null;
  }

  /**
   * Tells what has changed.
   *
   * @param own what this node has
   * @param others those of other nodes
   */
  void tell(Part own, Present others) {
    Set<String> users = new HashSet<>(others.users());
    users.addAll(own.users().keySet());
    Present now = new Present(users, others.connections() + own.connections(), others.current());
    Present last = present;
    // Those that were there when this node began to look have not come.
    Present before = last == null ? others : last;
    if (!now.equals(last)) {
      present = now;
      Set<String> came = without(now.users(), before.users());
      Set<String> went = without(before.users(), now.users());
      Failures.run(
          "a listener of the presence in a room failed", () -> audience.changed(now, came, went));
    }
  }

  private static Set<String> without(Set<String> all, Set<String> others) {
    Set<String> left = new HashSet<>(all);
    left.removeAll(others);
    return Set.copyOf(left);
  }
}
