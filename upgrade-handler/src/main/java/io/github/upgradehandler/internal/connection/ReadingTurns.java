package io.github.upgradehandler.internal.connection;

/**
 * How much one connection may read and handle before others have their turn on the same thread. A
 * peer that sends faster than its messages are handled would never release the thread. Not
 * thread-safe.
 *
 * <p>The clock is not read for the few reads and messages that most turns consist of. A superclass,
 * since an object more is heap that every idle connection has.
 */
abstract class ReadingTurns {

  private static final int MAX_READS = 120;

  /** A tick is 1024 ns, so that a turn's length fits an int. */
  private static final int TICK_SHIFT = 10;

  private static final int MAX_TICKS = 4_000_000 >> TICK_SHIFT;

  /** Reads, and messages, between two readings of the clock. */
  private static final int READS_PER_CHECK = 4;

  private static final byte MESSAGES_PER_CHECK = 16;

  private byte messagesLeft; // until the clock is read
  private int since; // in ticks; 0: the clock was not read yet
  private byte reads; // MAX_READS: the turn is over

  final void beginTurn() {
    reads = 0;
    messagesLeft = MESSAGES_PER_CHECK;
    since = 0;
  }

  final boolean isTurnOver() {
    return reads >= MAX_READS;
  }

  /** Something was read and handled. */
  final void countRead() {
    if (!isTurnOver() && ++reads % READS_PER_CHECK == 0) {
      checkClock();
    }
  }

  /** A message, a part of one or a control frame was handled. */
  final void countHandled() {
    if (--messagesLeft == 0) {
      messagesLeft = MESSAGES_PER_CHECK;
      checkClock();
    }
  }

  private void checkClock() {
    int now = (int) (System.nanoTime() >> TICK_SHIFT) | 1; // never 0
    if (since == 0) {
      since = now;
    } else if (now - since >= MAX_TICKS) {
      reads = MAX_READS;
    }
  }
}
