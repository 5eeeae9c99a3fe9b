package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Retention;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;

/** What the scripts are given. */
final class Calls {

  /** What is larger is read by those who need it: Redis cuts off whom much waits for. */
  static final int MAX_PUSHED_BYTES = 256 << 10;

  private static final int ENTRY_VALUES = 7;

  private static final String RANDOM =
      Long.toString(new SecureRandom().nextLong() >>> 1, Character.MAX_RADIX);
  private static final AtomicLong NAMES = new AtomicLong();

  private final Names names;

  Calls(Names names) {
    this.names = names;
  }

  /**
   * Prepares an append, by whatever thread, to be sent to the server that is there then.
   *
   * @param entries of one node
   */
  Function<Link, CompletionStage<List<Object>>> append(
      String room, List<Entry> entries, Retention retention) {
    byte[][] values = new byte[ENTRY_VALUES + 2 * entries.size()][];
    long bytes = 0;
    for (int i = 0; i < entries.size(); i++) {
      Entry entry = entries.get(i);
      byte[] encoded = EntryBytes.encode(entry);
      values[ENTRY_VALUES + 2 * i] = number(entry.sequence());
      values[ENTRY_VALUES + 2 * i + 1] = encoded;
      bytes += encoded.length;
    }
    values[0] = newEpoch();
    values[2] = names.pushes(room);
    values[3] = number(retention.messages());
    values[4] = number(retention.bytes());
    values[5] = number(millis(retention.time()));
    values[6] = number(bytes <= MAX_PUSHED_BYTES ? 1 : 0);
    byte[][] keys = {
      names.meta(room), names.stream(room), names.latest(room, entries.get(0).node())
    };
    return link -> {
      values[1] = incarnation(link);
      return link.run(Script.APPEND, keys, values);
    };
  }

  /** Redis takes no more than about this. */
  private static long millis(Duration time) {
    Duration most = Duration.ofDays(36_500);
    return time.compareTo(most) > 0 ? most.toMillis() : Math.max(1, time.toMillis());
  }

  CompletionStage<List<Object>> trial(Link link) {
    Entry entry = new Entry(newName(), 1, "", PreparedMessage.text(""));
    return append("", List.of(entry), new Retention(1, 1, Duration.ofSeconds(1))).apply(link);
  }

  CompletionStage<List<Object>> top(Link link, String room) {
    return link.run(Script.TOP, log(room), new byte[][] {newEpoch(), incarnation(link)});
  }

  CompletionStage<List<Object>> read(Link link, String room, long after, int most) {
    return link.run(
        Script.READ,
        log(room),
        new byte[][] {newEpoch(), incarnation(link), number(after), number(most)});
  }

  private byte[][] log(String room) {
    return new byte[][] {names.meta(room), names.stream(room)};
  }

  private static byte[] incarnation(Link link) {
    return link.server().incarnation().getBytes(UTF_8);
  }

  private static byte[] newEpoch() {
    return newName().getBytes(UTF_8);
  }

  /** A name that nothing ever had: letters and digits. */
  static String newName() {
    return RANDOM + Long.toString(NAMES.incrementAndGet(), Character.MAX_RADIX);
  }

  private static byte[] number(long value) {
    return Long.toString(value).getBytes(UTF_8);
  }
}
