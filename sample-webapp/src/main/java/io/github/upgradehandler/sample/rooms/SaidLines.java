package io.github.upgradehandler.sample.rooms;

import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The lines that were said lately, by the ids that their authors gave them. An author who has not
 * heard the answer may say a line again, and it is known. Not thread-safe.
 */
final class SaidLines {

  private record Key(String author, String id) {}

  /** Of so many lines the latest are known. */
  static final int MOST = 1_000;

  private final Map<Key, Long> numbers = new LinkedHashMap<>();

  /** The number of the line; null if it is not known. */
  @Nullable Long numberOf(String author, String id) {
    return numbers.get(new Key(author, id));
  }

  void add(String author, String id, long number) {
    numbers.put(new Key(author, id), number);
    if (numbers.size() > MOST) {
      Iterator<Key> eldest = numbers.keySet().iterator();
      eldest.next();
      eldest.remove();
    }
  }
}
