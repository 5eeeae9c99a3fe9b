package io.github.upgradehandler.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

/** Values of the header Authorization. */
public final class Credentials {

  private Credentials() {}

  /**
   * A user and a password (RFC 7617), in UTF-8.
   *
   * @throws IllegalArgumentException if the user has a colon
   */
  public static String basic(String user, String password) {
    if (user.indexOf(':') >= 0) {
      throw new IllegalArgumentException("a user with a colon cannot be sent (RFC 7617 section 2)");
    }
    return "Basic " + Base64.getEncoder().encodeToString((user + ":" + password).getBytes(UTF_8));
  }

  /** A token (RFC 6750). */
  public static String bearer(String token) {
    return "Bearer " + token;
  }
}
