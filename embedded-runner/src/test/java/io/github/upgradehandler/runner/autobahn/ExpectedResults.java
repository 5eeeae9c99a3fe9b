package io.github.upgradehandler.runner.autobahn;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** The committed results: one line per case, with the case, behavior and behaviorClose. */
final class ExpectedResults {

  private ExpectedResults() {}

  static SortedMap<CaseId, CaseResult> all() throws IOException {
    SortedMap<CaseId, CaseResult> results = new TreeMap<>();
    try (var stream = ExpectedResults.class.getResourceAsStream("/autobahn/expected.tsv");
        var lines = new BufferedReader(new InputStreamReader(stream, UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        String[] fields = line.split("\t", -1);
        if (fields.length != 3) {
          throw new IOException("not three fields: " + line);
        }
        results.put(CaseId.parse(fields[0]), new CaseResult(fields[1], fields[2]));
      }
    }
    return results;
  }

  static Map<CaseId, CaseResult> of(Set<Integer> groups) throws IOException {
    SortedMap<CaseId, CaseResult> results = all();
    results.keySet().removeIf(id -> !groups.contains(id.group()));
    return results;
  }
}
