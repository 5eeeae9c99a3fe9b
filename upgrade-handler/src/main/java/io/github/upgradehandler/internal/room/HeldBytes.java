package io.github.upgradehandler.internal.room;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** How much one node may have that is published and not answered. Thread-safe. */
public final class HeldBytes {

  /** What a message costs beside its payload. */
  private static final int OVERHEAD = 256;

  private final long most;
  private final Duration time;
  private final AtomicLong taken = new AtomicLong();

  /**
   * Nothing is held.
   *
   * @param most bytes
   * @param time how long a message is tried to be appended
   */
  public HeldBytes(long most, Duration time) {
    this.most = most;
    this.time = time;
  }

  Duration time() {
    return time;
  }

  /** Whether so much more fits; one that is larger than all fits alone. */
  boolean take(int length) {
    long bytes = (long) length + OVERHEAD;
    long before = taken.getAndAdd(bytes);
    boolean fits = before == 0 || before + bytes <= most;
    if (!fits) {
      taken.addAndGet(-bytes);
    }
    return fits;
  }

  void giveBack(int length) {
    taken.addAndGet(-(long) length - OVERHEAD);
  }

  String excess() {
    return "more than " + most + " bytes wait to be appended";
  }
}
