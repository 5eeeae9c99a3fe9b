package io.github.upgradehandler.internal.sse;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** HTML Living Standard section 9.2.5: what stands on the wire. */
class EventTest {

  static String wire(Event event) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    event.pieces().forEach(bytes::writeBytes);
    assertThat(event.length()).isEqualTo(bytes.size());
    return bytes.toString(UTF_8);
  }

  private static String escaped(Event event) {
    return wire(event).replace("\n", "\\n").replace("\r", "\\r");
  }

  @ParameterizedTest(name = "text {0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          # text              | wire
          one                 | id:h-7\\ndata:one\\n\\n
          ""                  | id:h-7\\ndata:\\n\\n
          # each way to end a line ends one, and no other character does
          a\\nb             | id:h-7\\ndata:a\\ndata:b\\n\\n
          a\\rb             | id:h-7\\ndata:a\\ndata:b\\n\\n
          a\\r\\nb        | id:h-7\\ndata:a\\ndata:b\\n\\n
          a\\n\\rb        | id:h-7\\ndata:a\\ndata:\\ndata:b\\n\\n
          a\\n\\nb        | id:h-7\\ndata:a\\ndata:\\ndata:b\\n\\n
          a\\n              | id:h-7\\ndata:a\\ndata:\\n\\n
          \\na              | id:h-7\\ndata:\\ndata:a\\n\\n
          \\r\\n          | id:h-7\\ndata:\\ndata:\\n\\n
          # the first space behind the colon is not part of the value
          " a"                | id:h-7\\ndata:  a\\n\\n
          # nothing of the text is taken for a field
          a\\nid:9\\n:x   | id:h-7\\ndata:a\\ndata:id:9\\ndata::x\\n\\n
          ümlaut €      | id:h-7\\ndata:ümlaut €\\n\\n
          """)
  void text(String text, String wire) {
    String raw = text.replace("\\n", "\n").replace("\\r", "\r");
    assertThat(escaped(Event.message(7, "h-7", PreparedMessage.text(raw)))).isEqualTo(wire);
  }

  @Test
  void bytes_are_an_event_of_a_type_of_its_own_in_base64() {
    PreparedMessage message = PreparedMessage.binary(ByteBuffer.wrap(new byte[] {1, 2, 3, -1}));
    assertThat(wire(Event.message(7, "h-7", message)))
        .isEqualTo("id:h-7\nevent:binary\ndata:AQID/w==\n\n");
  }

  @Test
  void a_greeting_says_how_soon_to_come_back_and_from_where() {
    assertThat(wire(Event.greeting(Duration.ofMillis(1500), "h-3")))
        .isEqualTo("retry:1500\nid:h-3\n\n");
  }

  @Test
  void a_gap_is_an_event_without_text() {
    assertThat(wire(Event.gap("h-3"))).isEqualTo("id:h-3\nevent:gap\ndata:\n\n");
  }

  @Test
  void a_heartbeat_is_a_comment() {
    assertThat(wire(Event.HEARTBEAT)).isEqualTo(":\n\n");
  }

  @Test
  void no_piece_is_larger_than_containers_are_to_be_given() {
    String text = "x".repeat(3 * Event.LARGEST_PIECE);
    Event event = Event.message(7, "h-7", PreparedMessage.text(text));
    assertThat(event.pieces()).hasSize(4).allMatch(piece -> piece.length <= Event.LARGEST_PIECE);
    assertThat(wire(event)).isEqualTo("id:h-7\ndata:" + text + "\n\n");
  }
}
