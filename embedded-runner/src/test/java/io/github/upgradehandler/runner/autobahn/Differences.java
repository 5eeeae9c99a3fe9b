package io.github.upgradehandler.runner.autobahn;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/** One readable line per case that came out otherwise than expected. */
final class Differences {

  private Differences() {}

  static List<String> between(Map<CaseId, CaseResult> expected, Map<CaseId, CaseResult> actual) {
    var ids = new TreeSet<>(expected.keySet());
    ids.addAll(actual.keySet());
    List<String> lines = new ArrayList<>();
    for (CaseId id : ids) {
      CaseResult wanted = expected.get(id);
      CaseResult got = actual.get(id);
      if (got == null) {
        lines.add(id + ": expected " + wanted + ", was not run");
      } else if (wanted == null) {
        lines.add(id + ": not expected, was " + got);
      } else if (!wanted.equals(got)) {
        lines.add(id + ": expected " + wanted + ", was " + got);
      }
    }
    return lines;
  }
}
