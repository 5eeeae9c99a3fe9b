package io.github.upgradehandler.sample;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RecentResultsTest {

  @Test
  void the_latest_are_known_and_no_more_are_kept() {
    RecentResults<String, Integer> results = new RecentResults<>();
    for (int request = 0; request <= RecentResults.MOST; request++) {
      results.add("key " + request, request);
    }
    assertThat(results.of("key 0")).isNull();
    assertThat(results.of("key 1")).isEqualTo(1);
    String last = "key " + RecentResults.MOST;
    assertThat(results.of(last)).isEqualTo(RecentResults.MOST);
    results.remove(last);
    assertThat(results.of(last)).isNull();
  }
}
