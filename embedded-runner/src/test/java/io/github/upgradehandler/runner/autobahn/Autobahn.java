package io.github.upgradehandler.runner.autobahn;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The Autobahn suite, 0.5.6, and the results that are demanded of every server of ours. */
public final class Autobahn {

  private Autobahn() {}

  /**
   * Runs groups of cases against a server that echoes.
   *
   * @param directory gets the suite's log and its reports
   * @param limit cases that it cuts off count as different
   * @return one readable line for each case that came out otherwise than committed
   */
  public static List<String> differences(
      URI server, Set<Integer> groups, Path directory, Duration limit)
      throws IOException, InterruptedException {
    return Differences.between(
        ExpectedResults.of(groups), new AutobahnSuite(directory).run(server, groups, limit));
  }
}
