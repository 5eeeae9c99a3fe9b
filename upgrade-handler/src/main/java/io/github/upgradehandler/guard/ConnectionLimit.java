package io.github.upgradehandler.guard;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Bounds the connections in all: the next is refused with 503 and {@code Retry-After}. Given to
 * several servlets, one limit bounds their sum.
 */
public final class ConnectionLimit implements Guard {

  /** In seconds; connections that end make room. */
  static final Map<String, String> RETRY_AFTER = Map.of("Retry-After", "5");

  private final int max;
  private final AtomicInteger open = new AtomicInteger();
  private final Admission counted = Admission.UNCONDITIONAL.withRelease(open::decrementAndGet);

  /**
   * A limit.
   *
   * @param max from 1
   */
  public ConnectionLimit(int max) {
    if (max < 1) {
      throw new IllegalArgumentException("a limit of connections must be at least 1, not " + max);
    }
    this.max = max;
  }

  @Override
  public Admission admit(Handshake handshake) {
    int before = open.getAndUpdate(count -> count < max ? count + 1 : count);
    if (before >= max) {
      throw new HandshakeRefusedException(503, "Too many connections", RETRY_AFTER)
          .withDetail("ConnectionLimit: at most " + max);
    }
    return counted;
  }

  /** The connections that count at the moment, handshakes under way included. */
  public int open() {
    return open.get();
  }
}
