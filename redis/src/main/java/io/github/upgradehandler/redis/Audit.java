package io.github.upgradehandler.redis;

import java.time.Duration;
import java.util.Set;
import java.util.function.Consumer;

/**
 * Has each room looked at every thirty seconds, not all at once: what was missed without a word is
 * found at last.
 */
final class Audit {

  private static final int TURNS = 30;
  private static final Duration TURN = Duration.ofSeconds(1);

  private final Worker worker;
  private final Set<String> rooms;
  private final Consumer<String> look;
  private volatile boolean closed;

  /**
   * Looks at nothing yet.
   *
   * @param rooms may change
   */
  Audit(Worker worker, Set<String> rooms, Consumer<String> look) {
    this.worker = worker;
    this.rooms = rooms;
    this.look = look;
  }

  void start() {
    next(0);
  }

  void close() {
    closed = true;
  }

  private void next(int turn) {
    worker.after(TURN, () -> look(turn));
  }

  private void look(int turn) {
    if (closed) {
      return;
    }
    for (String room : rooms) {
      if (Math.floorMod(room.hashCode(), TURNS) == turn) {
        look.accept(room);
      }
    }
    next((turn + 1) % TURNS);
  }
}
