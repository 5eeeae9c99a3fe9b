package io.github.upgradehandler.sample.talk;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class TalkRoomTest {

  private final TalkRoom room = new TalkRoom("lobby");

  private static Line line(String id, long at) {
    return new Line(id, "Ann", "text", at);
  }

  private void keep(Line... lines) {
    for (Line line : lines) {
      room.keep(line);
    }
  }

  @Test
  void lines_of_one_time_stay_in_their_order() {
    keep(line("b", 1), line("a", 1), line("c", 1));
    assertThat(room.lines()).extracting(Line::id).containsExactly("b", "a", "c");
  }

  @Test
  void a_line_of_another_node_stands_by_its_time() {
    keep(line("a", 1), line("c", 3), line("b", 2));
    assertThat(room.lines()).extracting(Line::id).containsExactly("a", "b", "c");
  }

  @Test
  void a_line_that_comes_from_two_nodes_is_kept_once() {
    keep(line("a", 1), line("b", 1), line("a", 1));
    assertThat(room.lines()).extracting(Line::id).containsExactly("a", "b");
  }

  @Test
  void the_latest_fifty_are_kept() {
    for (int i = 0; i < 60; i++) {
      room.keep(line("line " + i, i));
    }
    assertThat(room.lines()).hasSize(50);
    assertThat(room.lines().get(0).id()).isEqualTo("line 10");
  }
}
