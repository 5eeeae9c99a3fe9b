package io.github.upgradehandler.guard;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;

/** Finds the user of a token. */
@FunctionalInterface
public interface TokenVerifier {

  /**
   * The user of the token; empty if it is not valid. Implementations must be thread-safe. Where it
   * compares secrets, it must take as long however much of the token is right: {@link
   * MessageDigest#isEqual}.
   */
  Optional<Principal> verify(String token);

  /** Knows a few tokens that do not change, and compares each in constant time. */
  static TokenVerifier fixed(Map<String, ? extends Principal> principals) {
    Map<String, Principal> known = Map.copyOf(principals);
    return token -> {
      byte[] given = utf8(token);
      Optional<Principal> found = Optional.empty();
      // Compares with all of them, also after a match.
      for (Map.Entry<String, Principal> entry : known.entrySet()) {
        if (MessageDigest.isEqual(given, utf8(entry.getKey()))) {
          found = Optional.of(entry.getValue());
        }
      }
      return found;
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
