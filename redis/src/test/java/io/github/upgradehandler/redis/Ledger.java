package io.github.upgradehandler.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** What was published and what became of it, held against what members got. Thread-safe. */
final class Ledger {

  private final Map<String, Published> answers = new ConcurrentHashMap<>();

  void answered(String value, Published answer) {
    answers.put(value, answer);
  }

  long appended() {
    return answers.values().stream().filter(Published.Appended.class::isInstance).count();
  }

  /** Waits until so many more are appended. */
  void awaitMore(int more, Supplier<String> what) {
    long enough = appended() + more;
    Patience.until(what, () -> appended() >= enough);
  }

  List<String> refused() {
    return answers.entrySet().stream()
        .filter(one -> one.getValue() instanceof Published.Refused)
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Checks all that logged rooms promise to those who were there all the time. */
  void check(List<Member> members) {
    checkRuns(members)
        .forEach(
            (member, seen) -> {
              if (member.losses().isEmpty()) {
                List<String> missing = new ArrayList<>();
                answers.forEach(
                    (value, answer) -> {
                      if (answer instanceof Published.Appended && !seen.contains(value)) {
                        missing.add(value + " " + answer);
                      }
                    });
                assertThat(missing).as("not seen by %s", member.id()).isEmpty();
              }
            });
  }

  /**
   * Checks that each gets a run without a gap, that all get the same, and nothing that was refused.
   * What Redis has lost together with its end, nobody misses who had not seen it.
   *
   * @return what each has seen
   */
  Map<Member, Set<String>> checkRuns(List<Member> members) {
    Map<Position, String> values = new HashMap<>();
    answers.forEach(
        (value, answer) -> {
          if (answer instanceof Published.Appended appended) {
            says(values, appended.position(), value);
          }
        });
    Map<Member, Set<String>> all = new HashMap<>();
    for (Member member : members) {
      Set<String> seen = checkRun(member, values);
      assertThat(refused()).as(member.id()).noneMatch(seen::contains);
      all.put(member, seen);
    }
    return all;
  }

  private static void says(Map<Position, String> values, Position position, String value) {
    String before = values.putIfAbsent(position, value);
    assertThat(before == null ? value : before).as("%s", position).isEqualTo(value);
  }

  private static Set<String> checkRun(Member member, Map<Position, String> values) {
    Set<String> all = new HashSet<>();
    Set<String> sinceLoss = new HashSet<>();
    long last = -1;
    for (String line : member.received()) {
      String[] parts = line.split(" ", 3);
      Position position = Position.parse(parts[1]).orElseThrow();
      if (parts[0].equals("message")) {
        assertThat(position.offset()).as("%s: %s", member.id(), line).isEqualTo(last + 1);
        assertThat(sinceLoss.add(parts[2])).as("%s twice: %s", member.id(), line).isTrue();
        all.add(parts[2]);
        says(values, position, parts[2]);
      } else {
        sinceLoss.clear();
      }
      last = position.offset();
    }
    return all;
  }
}
