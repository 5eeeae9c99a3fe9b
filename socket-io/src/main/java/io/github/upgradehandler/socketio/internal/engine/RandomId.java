package io.github.upgradehandler.socketio.internal.engine;

import java.security.SecureRandom;
import java.util.Base64;

/** Ids that cannot be guessed, of 20 characters as Socket.IO for Node.js has them. */
public final class RandomId {

  private static final int BYTES = 15;
  private static final SecureRandom RANDOM = new SecureRandom();

  private RandomId() {}

  /** Another one: 120 random bits in base64url. */
  public static String next() {
    byte[] bytes = new byte[BYTES];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().encodeToString(bytes);
  }
}
