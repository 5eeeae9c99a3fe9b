package io.github.upgradehandler.client;

import io.github.upgradehandler.CloseEvent;
import java.time.Duration;
import java.util.Set;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;

/**
 * When another connection is made, and what becomes of messages meanwhile. Immutable: each method
 * answers another policy.
 *
 * <p>A try waits for a random time below a window, which doubles with each try that fails: so the
 * clients of a server that restarts do not come all at once. The default is for many of them; where
 * there are few, smaller ones by {@link #withWindows} bring them back sooner.
 */
public final class ReconnectPolicy {

  private static final Set<Integer> FINAL_CODES = Set.of(1000, 1002, 1003, 1007, 1008, 1009, 1010);
  private static final Set<Integer> PASSING_STATUSES = Set.of(408, 425, 429);

  /**
   * Windows from 16 s to 20 s, stable after 10 s, a server's wish is followed up to 5 minutes,
   * tries without end, nothing is held. With these a thousand clients of a server that is away for
   * some seconds are back within 30 s, no more than a tenth of them in one second.
   */
  public static final ReconnectPolicy DEFAULTS =
      new ReconnectPolicy(
          Duration.ofSeconds(16),
          Duration.ofSeconds(20),
          Duration.ofSeconds(10),
          Duration.ofMinutes(5),
          Integer.MAX_VALUE,
          0,
          ReconnectPolicy::isFinalByDefault);

  private final Duration firstWindow;
  private final Duration largestWindow;
  private final Duration stableAfter;
  private final Duration longestWish;
  private final int maxTries;
  private final long maxHeldBytes;
  private final Predicate<CloseEvent> finalClose;

  private ReconnectPolicy(
      Duration firstWindow,
      Duration largestWindow,
      Duration stableAfter,
      Duration longestWish,
      int maxTries,
      long maxHeldBytes,
      Predicate<CloseEvent> finalClose) {
    this.firstWindow = firstWindow;
    this.largestWindow = largestWindow;
    this.stableAfter = stableAfter;
    this.longestWish = longestWish;
    this.maxTries = maxTries;
    this.maxHeldBytes = maxHeldBytes;
    this.finalClose = finalClose;
  }

  /**
   * The window of the first try after a connection was lost, and the largest one.
   *
   * @throws IllegalArgumentException if the first is not above zero or the largest is smaller
   */
  public ReconnectPolicy withWindows(Duration first, Duration largest) {
    if (first.isNegative() || first.isZero() || largest.compareTo(first) < 0) {
      throw new IllegalArgumentException(
          "windows must be above zero and the largest not below the first, not "
              + first
              + " and "
              + largest);
    }
    return new ReconnectPolicy(
        first, largest, stableAfter, longestWish, maxTries, maxHeldBytes, finalClose);
  }

  /** How long a connection must last until the next loss begins with the first window again. */
  public ReconnectPolicy withStableAfter(Duration value) {
    return new ReconnectPolicy(
        firstWindow,
        largestWindow,
        notNegative("stableAfter", value),
        longestWish,
        maxTries,
        maxHeldBytes,
        finalClose);
  }

  /** How long a server's Retry-After is waited for at most. */
  public ReconnectPolicy withLongestWish(Duration value) {
    return new ReconnectPolicy(
        firstWindow,
        largestWindow,
        stableAfter,
        notNegative("longestWish", value),
        maxTries,
        maxHeldBytes,
        finalClose);
  }

  /**
   * How many tries may fail in a row until no more are made, from 1.
   *
   * @throws IllegalArgumentException if it is below 1
   */
  public ReconnectPolicy withMaxTries(int value) {
    if (value < 1) {
      throw new IllegalArgumentException("maxTries must be from 1, not " + value);
    }
    return new ReconnectPolicy(
        firstWindow, largestWindow, stableAfter, longestWish, value, maxHeldBytes, finalClose);
  }

  /**
   * How many bytes of messages are held while there is no connection, each counted with 64 more;
   * zero for none: they are refused.
   *
   * @throws IllegalArgumentException if it is negative
   */
  public ReconnectPolicy withMaxHeldBytes(long value) {
    if (value < 0) {
      throw new IllegalArgumentException("maxHeldBytes must not be negative, but is " + value);
    }
    return new ReconnectPolicy(
        firstWindow, largestWindow, stableAfter, longestWish, maxTries, value, finalClose);
  }

  /**
   * After which ends of a connection no more are made. Default: 1000, 1002, 1003, 1007 to 1010, and
   * 4400 to 4499.
   */
  public ReconnectPolicy withFinalClose(Predicate<CloseEvent> value) {
    return new ReconnectPolicy(
        firstWindow, largestWindow, stableAfter, longestWish, maxTries, maxHeldBytes, value);
  }

  long maxHeldBytes() {
    return maxHeldBytes;
  }

  int maxTries() {
    return maxTries;
  }

  /** Whether a connection that lasted for so long counts as stable. */
  boolean isStable(Duration lasted) {
    return lasted.compareTo(stableAfter) >= 0;
  }

  boolean isFinal(CloseEvent event) {
    return finalClose.test(event);
  }

  /**
   * Whether a try that has failed so would fail again: the server refuses with 4xx, but for 408,
   * 425 and 429, or the client is closed.
   */
  boolean isFinal(Throwable failure) {
    if (failure instanceof HandshakeFailedException refused) {
      int status = refused.response().map(HandshakeResponse::status).orElse(0);
      return status >= 400 && status < 500 && !PASSING_STATUSES.contains(status);
    }
    return failure instanceof IllegalStateException || failure instanceof IllegalArgumentException;
  }

  /**
   * How long to wait.
   *
   * @param failed tries in a row, from 0
   * @param wish the server's, zero for none
   */
  Duration delay(int failed, Duration wish, RandomGenerator random) {
    long window = firstWindow.toNanos();
    for (int i = 0; i < failed && window < largestWindow.toNanos(); i++) {
      window *= 2;
    }
    window = Math.min(window, largestWindow.toNanos());
    Duration least = wish.compareTo(longestWish) > 0 ? longestWish : wish;
    return least.plusNanos(random.nextLong(window));
  }

  private static boolean isFinalByDefault(CloseEvent event) {
    return FINAL_CODES.contains(event.code()) || (event.code() >= 4400 && event.code() < 4500);
  }

  private static Duration notNegative(String name, Duration value) {
    if (value.isNegative()) {
      throw new IllegalArgumentException(name + " must not be negative, but is " + value);
    }
    return value;
  }
}
