package io.github.upgradehandler.guard;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Base64;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tickets for one connection each: a page that is signed in fetches one over HTTP and opens its
 * WebSocket with it. A ticket is good once and for a short time, so that it does not matter who
 * reads it in a log afterwards.
 *
 * <p>Only digests are kept, so neither the memory nor the time of a look-up reveals a ticket.
 * Thread-safe.
 */
public final class Tickets implements TokenVerifier {

  private static final int RANDOM_BYTES = 24;
  private static final int MAX_OUTSTANDING = 100_000;

  private record Issued(Principal principal, long dueAt) {}

  private final SecureRandom random = new SecureRandom();
  private final long lifetimeNanos;
  private final int max;
  private final LongSupplier nanoClock;
  // All live equally long: in the order in which they were issued they expire too.
  private final Map<ByteBuffer, Issued> issued = new LinkedHashMap<>();

  /**
   * A store without tickets. It keeps at most 100,000 of them; then the oldest are void.
   *
   * @param lifetime how long a ticket is good, above zero; half a minute is plenty
   */
  public Tickets(Duration lifetime) {
    this(lifetime, MAX_OUTSTANDING, System::nanoTime);
  }

  Tickets(Duration lifetime, int max, LongSupplier nanoClock) {
    if (lifetime.isNegative() || lifetime.isZero()) {
      throw new IllegalArgumentException("a ticket's lifetime must be above zero: " + lifetime);
    }
    this.lifetimeNanos = lifetime.toNanos();
    this.max = max;
    this.nanoClock = nanoClock;
  }

  /** A new ticket: 32 characters that may stand in a query or a subprotocol as they are. */
  public String issue(Principal principal) {
    byte[] bytes = new byte[RANDOM_BYTES];
    random.nextBytes(bytes);
    String ticket = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    ByteBuffer digest = digest(ticket);
    long now = nanoClock.getAsLong();
    synchronized (issued) {
      dropExpired(now);
      if (issued.size() == max) {
        Iterator<Issued> oldest = issued.values().iterator();
        oldest.next();
        oldest.remove();
      }
      issued.put(digest, new Issued(principal, now + lifetimeNanos));
    }
    return ticket;
  }

  /** The user of the ticket, if it is valid; it is void from now on. */
  @Override
  public Optional<Principal> verify(String ticket) {
    ByteBuffer digest = digest(ticket);
    long now = nanoClock.getAsLong();
    synchronized (issued) {
      Issued found = issued.remove(digest);
      dropExpired(now);
      return found != null && found.dueAt - now > 0
          ? Optional.of(found.principal)
          : Optional.empty();
    }
  }

  /** How many tickets are kept. */
  int outstanding() {
    synchronized (issued) {
      return issued.size();
    }
  }

  private void dropExpired(long now) {
    Iterator<Issued> oldest = issued.values().iterator();
    while (oldest.hasNext() && oldest.next().dueAt - now <= 0) {
      oldest.remove();
    }
  }

  private static ByteBuffer digest(String ticket) {
    try {
      byte[] bytes = ticket.getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError("every JDK has SHA-256", e);
    }
  }
}
