package io.github.upgradehandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Paths with names in them. */
class PathTemplateTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /rooms/{room}          | /rooms/a b     | {room=a b}
          /rooms/{room}          | /rooms/ä/      | none
          /rooms/{room}          | /rooms/        | none
          /rooms/{room}          | /rooms         | none
          /rooms/{room}          | rooms/a        | none
          /rooms/{room}          | /Rooms/a       | none
          /rooms/{room}          | /rooms/a/b     | none
          /rooms/{room}          | /rooms/{room}  | {room={room}}
          /{a}/x/{b2}            | /1/x/2         | {a=1, b2=2}
          /{a}/x/{b2}            | /1/y/2         | none
          /                      | /              | {}
          /rooms                 | /rooms         | {}
          /rooms                 | ''             | none
          """)
  void match(String template, String path, String expected) {
    PathTemplate read = PathTemplate.of(template);
    assertThat(read.match(path).map(Map::toString).orElse("none")).isEqualTo(expected);
    assertThat(read).hasToString(template);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/{}", "/{1a}", "/a{b}", "/{a", "/a}", "/{a}{b}", "/{a}/x/{a}", "/{a b}"})
  void a_malformed_template_is_named(String template) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PathTemplate.of(template))
        .withMessageStartingWith("template '" + template + "': ");
  }

  @Test
  void a_template_begins_with_a_slash() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> PathTemplate.of("rooms"))
        .withMessage("template 'rooms' does not begin with /");
  }
}
