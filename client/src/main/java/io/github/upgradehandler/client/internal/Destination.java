package io.github.upgradehandler.client.internal;

import java.net.URI;

/**
 * What an address says (RFC 6455 section 3).
 *
 * @param secure whether inside TLS
 * @param host an IPv6 address without brackets
 * @param port the scheme's own if the address has none
 * @param hostHeader the value of Host
 * @param resource the path and the query as they are sent
 */
record Destination(boolean secure, String host, int port, String hostHeader, String resource) {

  private static final int HTTP_PORT = 80;
  private static final int HTTPS_PORT = 443;

  static Destination of(URI uri) {
    boolean secure = "wss".equalsIgnoreCase(uri.getScheme());
    int standard = secure ? HTTPS_PORT : HTTP_PORT;
    int port = uri.getPort() < 0 ? standard : uri.getPort();
    String named = uri.getHost();
    String host = named.startsWith("[") ? named.substring(1, named.length() - 1) : named;
    URI ascii = URI.create(uri.toASCIIString());
    String path = ascii.getRawPath();
    String resource = path == null || path.isEmpty() ? "/" : path;
    if (ascii.getRawQuery() != null) {
      resource += "?" + ascii.getRawQuery();
    }
    return new Destination(
        secure, host, port, port == standard ? named : named + ":" + port, resource);
  }

  /** The host and the port. */
  String authority() {
    return (host.contains(":") ? "[" + host + "]" : host) + ":" + port;
  }

  /** The path alone. */
  String path() {
    int query = resource.indexOf('?');
    return query < 0 ? resource : resource.substring(0, query);
  }
}
