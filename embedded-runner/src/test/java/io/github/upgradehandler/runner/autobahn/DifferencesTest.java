package io.github.upgradehandler.runner.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class DifferencesTest {

  private static final CaseResult OK = new CaseResult("OK", "OK");
  private static final CaseResult UNCLEAN = new CaseResult("OK", "UNCLEAN");

  @Test
  void sayNothingOfEqualResults() {
    assertThat(Differences.between(Map.of(id("1.1.1"), OK), Map.of(id("1.1.1"), OK))).isEmpty();
  }

  @Test
  void nameEachCaseInTheOrderOfTheSuite() {
    assertThat(
            Differences.between(
                Map.of(id("7.13.1"), OK, id("7.9.1"), OK, id("7.9.2"), OK),
                Map.of(id("7.9.1"), UNCLEAN, id("7.9.2"), OK, id("10.1.1"), OK)))
        .containsExactly(
            "7.9.1: expected OK / OK, was OK / UNCLEAN",
            "7.13.1: expected OK / OK, was not run",
            "10.1.1: not expected, was OK / OK");
  }

  private static CaseId id(String text) {
    return CaseId.parse(text);
  }
}
