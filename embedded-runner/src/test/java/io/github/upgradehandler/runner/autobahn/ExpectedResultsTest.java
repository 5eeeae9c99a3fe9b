package io.github.upgradehandler.runner.autobahn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class ExpectedResultsTest {

  @Test
  void coverEveryCaseOfTheSuite() throws Exception {
    assertThat(ExpectedResults.all()).hasSize(301);
    assertThat(ExpectedResults.of(Set.of(9))).hasSize(54);
  }

  @Test
  void allowNothingButConformance() throws Exception {
    assertThat(ExpectedResults.all().values()).allMatch(CaseResult::conforms);
  }

  /** The suite calls these informational whatever the server does. */
  @Test
  void leaveOnlyThreeCasesWithoutAVerdict() throws Exception {
    var verdict = new CaseResult("OK", "OK");
    assertThat(ExpectedResults.all().entrySet())
        .filteredOn(entry -> !entry.getValue().equals(verdict))
        .extracting(Map.Entry::getKey)
        .map(CaseId::toString)
        .containsExactly("7.1.6", "7.13.1", "7.13.2");
  }
}
