package io.github.upgradehandler.redis;

import io.github.upgradehandler.room.PresenceListener;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.presence.Present;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;

/** What a node was told of who is in its rooms. Thread-safe. */
final class ToldPresence implements PresenceListener {

  private final List<String> changes = new ArrayList<>();
  private final Consumer<Present> hears;
  private Present last = Present.NOBODY;

  ToldPresence() {
    this(present -> {});
  }

  /** One of which others hear what it was told. */
  ToldPresence(Consumer<Present> hears) {
    this.hears = hears;
  }

  @Override
  public synchronized void changed(Room room, Present present, Set<String> came, Set<String> went) {
    last = present;
    new TreeSet<>(came).forEach(user -> changes.add("+" + user));
    new TreeSet<>(went).forEach(user -> changes.add("-" + user));
    hears.accept(present);
  }

  /** As {@code +ann} and {@code -ann}. */
  synchronized List<String> changes() {
    return List.copyOf(changes);
  }

  synchronized Present last() {
    return last;
  }

  void await(int connections, String... users) {
    Present expected = new Present(Set.of(users), connections, true);
    Patience.until(() -> expected + " is told, not " + last(), () -> last().equals(expected));
  }
}
