package io.github.upgradehandler.internal.connection;

/**
 * How much one connection may read and handle before others have their turn on the same thread. A
 * peer that sends faster than its messages are handled would never release the thread. Not
 * thread-safe.
 *
 * <p>The clock is not read for the few reads and messages that most turns consist of.
 */
final class ReadingTurn {

  private static final int MAX_READS = 16;
  private static final long MAX_NANOS = 4_000_000;

  /** Reads, and messages, between two readings of the clock. */
  private static final int READS_PER_CHECK = 4;

  private static final int MESSAGES_PER_CHECK = 16;

  private int reads;
  private int messages;
  private long since; // 0: the clock was not read yet
  private boolean over;

  void begin() {
    reads = 0;
    messages = 0;
    since = 0;
    over = false;
  }

  boolean isOver() {
    return over;
  }

  /** Something was read and handled. */
  void read() {
    reads++;
    if (reads >= MAX_READS) {
      over = true;
    } else if (reads % READS_PER_CHECK == 0) {
      checkClock();
    }
  }

  /** A message, a part of one or a control frame was handled. */
  void handled() {
    messages++;
    if (messages % MESSAGES_PER_CHECK == 0) {
      checkClock();
    }
  }

  private void checkClock() {
    long now = System.nanoTime();
    if (since == 0) {
      since = now;
    } else if (now - since >= MAX_NANOS) {
      over = true;
    }
  }
}
