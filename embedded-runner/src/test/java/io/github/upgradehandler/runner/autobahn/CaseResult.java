package io.github.upgradehandler.runner.autobahn;

import java.util.Set;

/** What the suite says of one case, in its own words: of the messages, and of the closing. */
record CaseResult(String behavior, String behaviorClose) {

  private static final Set<String> CONFORMING = Set.of("OK", "INFORMATIONAL");

  boolean conforms() {
    return CONFORMING.contains(behavior) && CONFORMING.contains(behaviorClose);
  }

  @Override
  public String toString() {
    return behavior + " / " + behaviorClose;
  }
}
