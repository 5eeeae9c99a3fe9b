package io.github.upgradehandler.socketio.redis;

import java.util.Set;

/**
 * The channels of one namespace.
 *
 * @param broadcasts what all are sent is published to; to one room, to a channel below it
 * @param requests what nodes ask of each other
 * @param responses what they answer
 */
record Addresses(String broadcasts, String requests, String responses) {

  static Addresses of(String key, String namespace) {
    return new Addresses(
        key + "#" + namespace + "#",
        key + "-request#" + namespace + "#",
        key + "-response#" + namespace + "#");
  }

  /** All channels of broadcasts, as a pattern of Redis. */
  String pattern() {
    return broadcasts.replaceAll("([\\\\*?\\[\\]])", "\\\\$1") + "*";
  }

  /** Where a broadcast is published. */
  String broadcast(Set<String> rooms) {
    return rooms.size() == 1 ? broadcasts + rooms.iterator().next() + "#" : broadcasts;
  }

  /** The one room that a broadcast is for; empty if it may be for any. */
  String room(String channel) {
    return channel.equals(broadcasts)
        ? ""
        : channel.substring(broadcasts.length(), channel.length() - 1);
  }

  /** Where one node alone is answered. */
  String responses(String uid) {
    return responses + uid + "#";
  }
}
