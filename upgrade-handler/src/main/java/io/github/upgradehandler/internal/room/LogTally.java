package io.github.upgradehandler.internal.room;

import io.github.upgradehandler.room.log.Holding;
import io.github.upgradehandler.room.log.LogCounts;
import io.github.upgradehandler.room.log.Published;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * What one node has published and is not answered, how much of it may be, and what became of it.
 * Thread-safe.
 */
public final class LogTally {

  /** What a message costs beside its payload. */
  private static final int OVERHEAD = 256;

  private final Holding holding;
  private final AtomicLong heldBytes = new AtomicLong();
  private final LongAdder held = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder unknown = new LongAdder();
  private final LongAdder lost = new LongAdder();

  /** Nothing is held. */
  public LogTally(Holding holding) {
    this.holding = holding;
  }

  Duration time() {
    return holding.time();
  }

  /** Whether so much more fits; one that is larger than all fits alone. */
  boolean take(int length) {
    long bytes = (long) length + OVERHEAD;
    long before = heldBytes.getAndAdd(bytes);
    boolean fits = before == 0 || before + bytes <= holding.bytes();
    if (fits) {
      held.increment();
    } else {
      heldBytes.addAndGet(-bytes);
    }
    return fits;
  }

  /** One that was taken is answered. */
  void giveBack(int length) {
    held.decrement();
    heldBytes.addAndGet(-(long) length - OVERHEAD);
  }

  Published.Refused excess() {
    return new Published.Refused("more than " + holding.bytes() + " bytes wait to be appended");
  }

  /** Counts an answer, and returns it. */
  public Published count(Published answer) {
    if (answer instanceof Published.Refused) {
      refused.increment();
    } else if (answer instanceof Published.Unknown) {
      unknown.increment();
    }
    return answer;
  }

  /** Somebody is told of a gap. */
  public void countLost() {
    lost.increment();
  }

  /** So far. */
  public LogCounts counts() {
    return new LogCounts(held.sum(), heldBytes.get(), refused.sum(), unknown.sum(), lost.sum());
  }
}
