package io.github.upgradehandler;

/**
 * What a {@link Guard} does as time passes, such as refusing clients that have not signed in. Given
 * to {@link Admission#withDeadlines}, so that whatever passes the admission on keeps it.
 */
@FunctionalInterface
public interface Deadlines {

  /**
   * Called about four times a second as long as a connection or an event stream is there that was
   * let in with this; once for all of them, in each servlet that has some. On a thread of the
   * library's that is there for guards: the next call waits until this one has returned. What it
   * throws is logged. Implementations must be thread-safe.
   *
   * @param now in nanoseconds, as {@link System#nanoTime} counts them
   */
  void check(long now);
}
