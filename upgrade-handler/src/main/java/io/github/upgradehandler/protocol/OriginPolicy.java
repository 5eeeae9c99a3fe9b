package io.github.upgradehandler.protocol;

import io.github.upgradehandler.HandshakeRefusedException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Which pages may open a connection (section 10.2): those of the server itself and the ones
 * configured. Browsers send cookies along wherever the page comes from, so without this rule any
 * page could speak for the user who looks at it.
 */
public final class OriginPolicy {

  private final Set<String> allowed;
  private final boolean required;

  /**
   * A policy.
   *
   * @param allowedOrigins let in beside the server's own; {@code *} for all
   * @param required whether requests without an origin are refused
   */
  public OriginPolicy(Collection<String> allowedOrigins, boolean required) {
    allowed =
        allowedOrigins.stream()
            .map(origin -> origin.toLowerCase(Locale.ROOT))
            .collect(Collectors.toUnmodifiableSet());
    this.required = required;
  }

  /**
   * Lets a request pass.
   *
   * @throws HandshakeRefusedException with 403 if its origin is not let in
   */
  public void check(RequestHead request) {
    List<String> origins = request.headers("Origin");
    if (origins.isEmpty()) {
      if (required) {
        throw new HandshakeRefusedException(403, "Origin is missing and required here");
      }
      return;
    }
    if (origins.size() > 1 || !isAllowed(origins.get(0).strip(), request)) {
      throw new HandshakeRefusedException(
          403, "Origin is not allowed here (RFC 6455 section 10.2)");
    }
  }

  /** Whether an origin is among the allowed ones by its name. */
  public boolean names(String origin) {
    return allowed.contains(origin.toLowerCase(Locale.ROOT));
  }

  private boolean isAllowed(String origin, RequestHead request) {
    String lowerCase = origin.toLowerCase(Locale.ROOT);
    return names("*") || names(lowerCase) || isOwn(lowerCase, request);
  }

  /**
   * Whether the page's host and port are those that the request was sent to. A page over https may
   * come with a request that is not secure here: a proxy ended its TLS.
   */
  private static boolean isOwn(String origin, RequestHead request) {
    List<String> hosts = request.headers("Host");
    if (hosts.size() != 1) {
      return false;
    }
    String host = hosts.get(0).strip().toLowerCase(Locale.ROOT);
    if (origin.startsWith("https://")) {
      return withoutPort(host, ":443").equals(withoutPort(origin.substring(8), ":443"));
    }
    return origin.startsWith("http://")
        && !request.isSecure()
        && withoutPort(host, ":80").equals(withoutPort(origin.substring(7), ":80"));
  }

  private static String withoutPort(String authority, String defaultPort) {
    return authority.endsWith(defaultPort)
        ? authority.substring(0, authority.length() - defaultPort.length())
        : authority;
  }
}
