package io.github.upgradehandler.socketio.redis;

import java.security.SecureRandom;

/**
 * Who a node is in one namespace.
 *
 * @param uid random, six characters
 * @param name for people
 */
record Identity(String uid, String name) {

  private static final SecureRandom RANDOM = new SecureRandom();
  private static final String CHARACTERS =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
  private static final int UID_LENGTH = 6;
  private static final int REQUEST_LENGTH = 12;

  static Identity of(String name) {
    return new Identity(random(UID_LENGTH), name);
  }

  static String newRequest() {
    return random(REQUEST_LENGTH);
  }

  private static String random(int length) {
    StringBuilder text = new StringBuilder(length);
    for (int i = 0; i < length; i++) {
      text.append(CHARACTERS.charAt(RANDOM.nextInt(CHARACTERS.length())));
    }
    return text.toString();
  }
}
