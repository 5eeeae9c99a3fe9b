package io.github.upgradehandler.socketio.redis;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/**
 * The other nodes whose names are known: those of this library. One that stays silent is missing
 * for a while, and then forgotten until it says that it is there. Thread-safe.
 */
final class Peers {

  private static final Duration MISSED = Duration.ofSeconds(30);

  private final LongSupplier clock;
  private final Map<String, String> names = new ConcurrentHashMap<>();
  private final Map<String, Long> silentSince = new ConcurrentHashMap<>();

  /**
   * Nobody is known yet.
   *
   * @param clock in nanoseconds
   */
  Peers(LongSupplier clock) {
    this.clock = clock;
  }

  /** One has said that it is there. */
  void here(String uid, String name) {
    names.put(uid, name);
    silentSince.remove(uid);
  }

  /** One has said that it goes. */
  void gone(String uid) {
    names.remove(uid);
    silentSince.remove(uid);
  }

  /**
   * The names of those that should have answered.
   *
   * @param heard the uids of those that have
   */
  List<String> silent(Set<String> heard) {
    long now = clock.getAsLong();
    List<String> silent = new ArrayList<>();
    for (Map.Entry<String, String> peer : Map.copyOf(names).entrySet()) {
      String uid = peer.getKey();
      if (heard.contains(uid)) {
        silentSince.remove(uid);
      } else if (now - silentSince.computeIfAbsent(uid, key -> now) > MISSED.toNanos()) {
        gone(uid);
      } else {
        silent.add(peer.getValue());
      }
    }
    return silent;
  }
}
