package io.github.upgradehandler.sample.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SaidLinesTest {

  @Test
  void the_latest_lines_are_known_and_no_more_are_kept() {
    SaidLines lines = new SaidLines();
    for (int line = 0; line <= SaidLines.MOST; line++) {
      lines.add("ann", "id " + line, line);
    }
    assertThat(lines.numberOf("ann", "id 0")).isNull();
    assertThat(lines.numberOf("ann", "id 1")).isEqualTo(1);
    assertThat(lines.numberOf("ann", "id " + SaidLines.MOST)).isEqualTo(SaidLines.MOST);
  }
}
