package io.github.upgradehandler.sample;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.NullMarked;
import org.jspecify.annotations.Nullable;

/**
 * What lately came of requests, by keys that their senders have made. A sender who has heard no
 * answer sends the same again; it is known, and not done twice. Not thread-safe.
 */
@NullMarked
public final class RecentResults<K, V> {

  /** Of so many requests the latest are known. */
  static final int MOST = 1_000;

  /** A key that is longer is not kept. */
  public static final int MOST_KEY_CHARACTERS = 64;

  private final Map<K, V> results = new LinkedHashMap<>();

  /** None yet. */
  public RecentResults() {}

  /** What came of it; null if the key is not known. */
  public @Nullable V of(K key) {
    return results.get(key);
  }

  /** Keeps what came of it, and forgets the eldest if there are too many. */
  public void add(K key, V result) {
    results.put(key, result);
    if (results.size() > MOST) {
      Iterator<K> eldest = results.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }

  /** Forgets one: it may be done again. */
  public void remove(K key) {
    results.remove(key);
  }
}
