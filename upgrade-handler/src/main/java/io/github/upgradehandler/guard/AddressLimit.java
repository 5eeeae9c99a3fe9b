package io.github.upgradehandler.guard;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Bounds the connections from one client address: the next is refused with 429 and {@code
 * Retry-After}. Addresses of IPv6 count by their first 64 bits, since a client has as many of the
 * others as it likes. Nothing is kept of an address without connections.
 *
 * <p>A client without an address, such as one on a Unix domain socket, counts for none and is let
 * in: bound these by {@link ConnectionLimit}, or have {@link ClientAddress#behindProxies} find the
 * address that their proxy says.
 */
public final class AddressLimit implements Guard {

  private final int max;
  private final ClientAddress clientAddress;
  private final Map<String, Integer> open = new ConcurrentHashMap<>();

  /** A limit for clients that connect without a proxy; see {@link ClientAddress#direct}. */
  public AddressLimit(int max) {
    this(max, ClientAddress.direct());
  }

  /**
   * A limit.
   *
   * @param max from 1
   * @param clientAddress where the client's address is found
   */
  public AddressLimit(int max, ClientAddress clientAddress) {
    if (max < 1) {
      throw new IllegalArgumentException(
          "a limit of connections per address must be at least 1, not " + max);
    }
    this.max = max;
    this.clientAddress = clientAddress;
  }

  @Override
  public Admission admit(Handshake handshake) {
    String address = clientAddress.of(handshake);
    if (address.isEmpty()) {
      return Admission.UNCONDITIONAL;
    }
    String key = IpAddress.parse(address).map(IpAddress::network).orElse(address);
    Admission place = Admission.UNCONDITIONAL.withRelease(() -> free(key));
    open.compute(key, (name, count) -> oneMore(name, count == null ? 0 : count));
    return place;
  }

  private void free(String key) {
    open.computeIfPresent(key, (name, count) -> count == 1 ? null : count - 1);
  }

  private int oneMore(String key, int before) {
    if (before >= max) {
      throw new HandshakeRefusedException(
              429, "Too many connections from your address", ConnectionLimit.RETRY_AFTER)
          .withDetail("AddressLimit: at most " + max + " from " + key);
    }
    return before + 1;
  }

  /** How many addresses have connections at the moment. */
  public int addresses() {
    return open.size();
  }
}
