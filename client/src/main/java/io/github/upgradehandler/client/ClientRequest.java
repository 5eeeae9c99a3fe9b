package io.github.upgradehandler.client;

import io.github.upgradehandler.client.internal.RequestCheck;
import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where a connection goes, and what its opening handshake says. Immutable: each method answers
 * another request.
 */
public final class ClientRequest {

  private final URI uri;
  private final List<String> headers;
  private final List<String> cookies;
  private final List<String> subprotocols;

  private ClientRequest(
      URI uri, List<String> headers, List<String> cookies, List<String> subprotocols) {
    this.uri = uri;
    this.headers = headers;
    this.cookies = cookies;
    this.subprotocols = subprotocols;
  }

  /**
   * A request with nothing but an address.
   *
   * @param uri {@code ws:} or {@code wss:} (RFC 6455 section 3)
   * @throws IllegalArgumentException if it has another scheme, no host, user information or a
   *     fragment; says which
   */
  public static ClientRequest to(URI uri) {
    return new ClientRequest(RequestCheck.address(uri), List.of(), List.of(), List.of());
  }

  /** The same, see {@link #to(URI)}. */
  public static ClientRequest to(String uri) {
    return to(URI.create(uri));
  }

  /**
   * With one more header.
   *
   * @throws IllegalArgumentException if the name is no token, the client's own to send, or the
   *     value has characters that no header has; names the header
   */
  public ClientRequest header(String name, String value) {
    RequestCheck.header(name, value);
    return new ClientRequest(uri, with(headers, name, value), cookies, subprotocols);
  }

  /** Without the headers of that name, whose case does not matter. */
  public ClientRequest withoutHeader(String name) {
    List<String> kept = new ArrayList<>();
    for (int i = 0; i < headers.size(); i += 2) {
      if (!headers.get(i).equalsIgnoreCase(name)) {
        kept.add(headers.get(i));
        kept.add(headers.get(i + 1));
      }
    }
    return new ClientRequest(uri, List.copyOf(kept), cookies, subprotocols);
  }

  /**
   * With one more cookie.
   *
   * @throws IllegalArgumentException if the name is no token or the value no cookie's (RFC 6265
   *     section 4.1.1); names the cookie
   */
  public ClientRequest cookie(String name, String value) {
    RequestCheck.cookie(name, value);
    return new ClientRequest(uri, headers, with(cookies, name + "=" + value), subprotocols);
  }

  /**
   * With these subprotocols, best first, in the place of others.
   *
   * @throws IllegalArgumentException if one is no token or is there twice; names it
   */
  public ClientRequest subprotocols(String... value) {
    RequestCheck.subprotocols(value);
    return new ClientRequest(uri, headers, cookies, List.of(value));
  }

  /** The same to another address, see {@link #to(URI)}. */
  public ClientRequest withUri(URI other) {
    return new ClientRequest(RequestCheck.address(other), headers, cookies, subprotocols);
  }

  /** Without headers and cookies: they are for the one who was asked first. */
  public ClientRequest withoutCredentials() {
    return new ClientRequest(uri, List.of(), List.of(), subprotocols);
  }

  /** Where it goes. */
  public URI uri() {
    return uri;
  }

  /** The headers that were added: names and values in turn. */
  public List<String> headers() {
    return headers;
  }

  /** The cookies that were added, each as {@code name=value}. */
  public List<String> cookies() {
    return cookies;
  }

  /** The subprotocols that are offered, best first. */
  public List<String> subprotocols() {
    return subprotocols;
  }

  @Override
  public String toString() {
    return "request to " + uri;
  }

  private static List<String> with(List<String> list, String... more) {
    return Stream.concat(list.stream(), Stream.of(more)).toList();
  }
}
