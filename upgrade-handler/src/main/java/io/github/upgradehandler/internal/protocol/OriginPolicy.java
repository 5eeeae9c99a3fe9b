package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.HandshakeRefusedException;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which pages may open a connection (section 10.2): those of the server itself and the ones
 * configured. Browsers send cookies along wherever the page comes from, so without this rule any
 * page could act for the user who views it.
 */
public final class OriginPolicy {

  /** In a host of the configuration: exactly one label (RFC 1034 section 3.1). */
  private static final String ANY_LABEL = "*.";

  private static final String LABEL = "[a-z0-9_-]+\\.";

  private static final int LONGEST_SHOWN = 100;

  /** No origin as browsers serialize it: some clients send an address. */
  private static final Predicate<String> WITH_PATH =
      Pattern.compile("[^/]*//[^/]*/.*").asMatchPredicate();

  private final Set<String> allowed;
  private final List<Pattern> patterns;
  private final boolean required;

  /**
   * A policy.
   *
   * @param allowedOrigins let in beside the server's own; {@code *} for all, {@code
   *     https://*.app.example} for those with exactly one label in that place
   * @param required whether requests without an origin are refused
   */
  public OriginPolicy(Collection<String> allowedOrigins, boolean required) {
    allowed =
        allowedOrigins.stream()
            .map(OriginPolicy::normalized)
            .collect(Collectors.toUnmodifiableSet());
    patterns =
        allowed.stream()
            .filter(origin -> origin.contains("://" + ANY_LABEL))
            .map(OriginPolicy::pattern)
            .toList();
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
        throw new HandshakeRefusedException(
            403, "Origin is missing and required here: the option originRequired is true");
      }
      return;
    }
    if (origins.size() > 1) {
      throw new HandshakeRefusedException(
          403, "Origin is there " + origins.size() + " times, not once (RFC 6455 section 10.2)");
    }
    String origin = origins.get(0).strip();
    if (!isAllowed(origin, request)) {
      throw new HandshakeRefusedException(403, refusal(origin));
    }
  }

  /** The client is told what it has sent, and where this is decided. */
  private static String refusal(String origin) {
    String shown =
        origin.length() <= LONGEST_SHOWN
            ? origin
            : origin.substring(0, LONGEST_SHOWN).concat("...");
    return "Origin '"
        + shown
        + (WITH_PATH.test(origin)
            ? "' has a path, so nothing but * in allowedOrigins lets it in (RFC 6454 section 6.2)"
            : "' is neither the server's own nor in allowedOrigins (RFC 6455 section 10.2)");
  }

  /** Whether an origin is among the allowed ones by its name, or by that of its domain. */
  public boolean names(String origin) {
    String named = normalized(origin);
    return patterns.stream().anyMatch(pattern -> pattern.matcher(named).matches())
        || (allowed.contains(named) && !named.contains(ANY_LABEL));
  }

  private boolean isAllowed(String origin, RequestHead request) {
    return names("*") || names(origin) || isOwn(normalized(origin), request);
  }

  /** All but the one label as it stands, from the beginning to the end. */
  private static Pattern pattern(String origin) {
    int label = origin.indexOf(ANY_LABEL);
    return Pattern.compile(
        Pattern.quote(origin.substring(0, label))
            + LABEL
            + Pattern.quote(origin.substring(label + ANY_LABEL.length())));
  }

  /** As browsers serialize it (RFC 6454 section 6.2): in lower case, without its default port. */
  private static String normalized(String origin) {
    String lowerCase = origin.toLowerCase(Locale.ROOT);
    if (lowerCase.startsWith("https://")) {
      return withoutPort(lowerCase, ":443");
    }
    return lowerCase.startsWith("http://") ? withoutPort(lowerCase, ":80") : lowerCase;
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
      return withoutPort(host, ":443").equals(origin.substring(8));
    }
    return origin.startsWith("http://")
        && !request.isSecure()
        && withoutPort(host, ":80").equals(origin.substring(7));
  }

  private static String withoutPort(String authority, String defaultPort) {
    return authority.endsWith(defaultPort)
        ? authority.substring(0, authority.length() - defaultPort.length())
        : authority;
  }
}
