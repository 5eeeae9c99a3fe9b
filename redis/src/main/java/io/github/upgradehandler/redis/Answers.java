package io.github.upgradehandler.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Run;
import io.github.upgradehandler.room.log.Top;
import io.github.upgradehandler.room.log.Top.Ancestor;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** What the scripts answer, and what they push. */
final class Answers {

  private static final int EPOCH = 0;
  private static final int OFFSET = 1;
  private static final int LINEAGE = 2;
  private static final int ENTRIES = 3;

  private Answers() {}

  static Position position(List<?> answer) {
    return new Position(text(answer.get(EPOCH)), Long.parseLong(text(answer.get(OFFSET))));
  }

  static Top top(List<?> answer) {
    List<Ancestor> lineage = new ArrayList<>();
    String text = text(answer.get(LINEAGE));
    if (!text.isEmpty()) {
      for (String ancestor : text.split(",", -1)) {
        int colon = ancestor.indexOf(':');
        lineage.add(
            new Ancestor(
                ancestor.substring(0, colon), Long.parseLong(ancestor.substring(colon + 1))));
      }
    }
    return new Top(position(answer), lineage);
  }

  static Run run(long after, List<?> answer) {
    long first = after + 1;
    List<Entry> entries = new ArrayList<>();
    for (Object one : (List<?>) answer.get(ENTRIES)) {
      List<?> idAndFields = (List<?>) one;
      if (entries.isEmpty()) {
        first = Long.parseLong(text(idAndFields.get(0)).substring("0-".length()));
      }
      byte[] bytes = (byte[]) ((List<?>) idAndFields.get(1)).get(1);
      entries.addAll(EntryBytes.decodeAll(ByteBuffer.wrap(bytes)));
    }
    return new Run(top(answer), first, entries);
  }

  /**
   * What is pushed after an append.
   *
   * @param first where the first entry stands
   * @param entries none, if they are to be read
   */
  record Push(Position first, List<Entry> entries) {

    static Push parse(byte[] bytes) {
      int end = 0;
      while (end < bytes.length && bytes[end] != '\n') {
        end++;
      }
      String[] head = new String(bytes, 0, end, UTF_8).split(" ", -1);
      if (end == bytes.length || head.length != 2) {
        throw new IllegalArgumentException("no position at the beginning");
      }
      return new Push(
          new Position(head[0], Long.parseLong(head[1])),
          EntryBytes.decodeAll(ByteBuffer.wrap(bytes, end + 1, bytes.length - end - 1)));
    }
  }

  private static String text(Object bytes) {
    return new String((byte[]) bytes, UTF_8);
  }
}
