package io.github.upgradehandler.sample.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventMessageTest {

  private record Point(int x, String label) {}

  @Test
  void a_request_is_read() {
    EventMessage message =
        EventMessage.parse("{\"type\":\"move\",\"id\":\"7\",\"data\":{\"x\":3,\"label\":\"a\"}}");
    assertThat(message.type()).isEqualTo("move");
    assertThat(message.id()).isEqualTo(new JsonPrimitive("7"));
    assertThat(message.dataAs(Point.class)).isEqualTo(new Point(3, "a"));
  }

  @Test
  void an_id_is_repeated_as_it_came() {
    assertThat(EventMessage.write("reply", EventMessage.parse("{\"id\":7}").id(), null))
        .isEqualTo("{\"type\":\"reply\",\"id\":7}");
    assertThat(EventMessage.write("reply", EventMessage.parse("{\"id\":\"7\"}").id(), null))
        .isEqualTo("{\"type\":\"reply\",\"id\":\"7\"}");
  }

  @Test
  void an_event_is_written() {
    assertThat(EventMessage.write("moved", null, new Point(3, "ä \" <b> \u2028")))
        .startsWith("{\"type\":\"moved\",\"data\":{\"x\":3,\"label\":\"ä \\\"")
        .doesNotContain("<b>", "\u2028");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "hello",
        "null",
        "7",
        "[]",
        "\"type\"",
        "{type:\"a\"}",
        "{'type':'a'}",
        "{\"type\":\"a\"",
        "{\"type\":\"a\"} {}",
        "{\"type\":\"a\",}",
        "{\"type\":\"a\nb\"}",
        "{\"type\":\"a\",\"data\":NaN}",
      })
  void what_is_not_one_JSON_object_is_refused(String text) {
    assertThatThrownBy(() -> EventMessage.parse(text)).isInstanceOf(JsonParseException.class);
  }

  @Test
  void nesting_without_end_is_refused() {
    String text = "{\"type\":\"a\",\"data\":" + "[".repeat(30_000) + "]".repeat(30_000) + "}";
    assertThatThrownBy(() -> EventMessage.parse(text)).isInstanceOf(JsonParseException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"type\":7}", "{\"type\":null}", "{\"type\":{}}"})
  void a_type_is_a_string_or_missing(String text) {
    assertThat(EventMessage.parse(text).type()).isNull();
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"data\":null}", "{\"data\":[1]}", "{\"data\":{\"x\":\"y\"}}"})
  void data_of_another_form_is_refused(String text) {
    EventMessage message = EventMessage.parse(text);
    assertThatThrownBy(() -> message.dataAs(Point.class)).isInstanceOf(JsonParseException.class);
  }
}
