package io.github.upgradehandler.guard;

import io.github.upgradehandler.Handshake;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** Finds the address of a client, which stands in a header where proxies are in between. */
@FunctionalInterface
public interface ClientAddress {

  /** Among trusted proxies: peers without an address. */
  String UNIX = "unix";

  /** The client's address; empty, or any other text, where there is none. */
  String of(Handshake handshake);

  /** The address at the other end of TCP. Headers, which every client can send, do not count. */
  static ClientAddress direct() {
    return handshake -> handshake.remoteAddress().getHostString();
  }

  /**
   * The address that trusted proxies say in {@code X-Forwarded-For}: going back from the peer, the
   * first that is not a trusted proxy. What stands before it is the client's own and not believed.
   *
   * @param trusted addresses or ranges, such as {@code 10.0.0.0/8} or {@code ::1}, and {@code unix}
   *     for peers without an address, which come by a Unix domain socket
   * @throws IllegalArgumentException if one of them is no range; names it
   */
  static ClientAddress behindProxies(String... trusted) {
    boolean unix = Arrays.asList(trusted).contains(UNIX);
    List<IpRange> ranges =
        Arrays.stream(trusted).filter(entry -> !entry.equals(UNIX)).map(IpRange::parse).toList();
    return handshake -> {
      String client = handshake.remoteAddress().getHostString();
      List<String> hops =
          handshake.headers("X-Forwarded-For").stream()
              .flatMap(value -> Stream.of(value.split(",", -1)))
              .map(String::strip)
              .toList();
      for (int i = hops.size() - 1; i >= 0; i--) {
        if (!(client.isEmpty() ? unix : isIn(ranges, client))) {
          break;
        }
        Optional<IpAddress> hop = IpAddress.parse(hops.get(i));
        if (hop.isEmpty()) {
          break; // "unknown" or nonsense: only the proxy that sent it is known
        }
        client = hop.get().toString();
      }
      return client;
    };
  }

  private static boolean isIn(List<IpRange> ranges, String client) {
    return IpAddress.parse(client)
        .filter(address -> ranges.stream().anyMatch(range -> range.contains(address)))
        .isPresent();
  }
}
