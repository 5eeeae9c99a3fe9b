package io.github.upgradehandler.servlet.tomcat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Slows down a container that reports again and again that there is something to read, while
 * reading is held back: Tomcat (seen on 10.1.59 and 11.0.24) does so as long as its socket is
 * readable, and keeps a processor busy with it. Others report it once. Confined to one thread at a
 * time.
 */
final class BusyLoopBrake {

  private static final int LET_PASS = 8;
  private static final int MAX_MILLIS = 32;

  private long seenReads;
  private int inVain;

  /**
   * A call has come and gone.
   *
   * @param reads how many reads there were so far, on any thread
   */
  void returned(long reads) {
    if (reads != seenReads) {
      seenReads = reads;
      inVain = 0;
    } else if (++inVain > LET_PASS) {
      long millis = Math.min(MAX_MILLIS, inVain - LET_PASS);
      // No thread can write for this connection meanwhile, so it is short.
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(millis));
    }
  }
}
