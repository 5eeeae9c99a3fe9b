package io.github.upgradehandler.internal.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.spi.Role;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What users of the protocol rely on beside the events. */
class ProtocolTest {

  @Test
  void stops_behind_an_event_and_says_how_much_was_taken() throws Exception {
    EventLog log = new EventLog(Delivery.WHOLE, false);
    Receiver protocol = client(Delivery.WHOLE, log);
    byte[] frames = HexFrames.bytes("81 01 41  81 02 4243  89 00");
    protocol.receive(frames, 0, 9);
    assertThat(protocol.consumed()).isEqualTo(3);
    assertThat(log.events()).containsExactly("text A");
    protocol.receive(frames, 3, 6);
    assertThat(protocol.consumed()).isEqualTo(4);
    protocol.receive(frames, 7, 2);
    assertThat(protocol.consumed()).isEqualTo(2);
    assertThat(log.events()).containsExactly("text A", "text BC", "ping");
  }

  @Test
  void takes_all_bytes_behind_a_close_frame_though_no_more_is_wanted() throws Exception {
    Receiver protocol = client(Delivery.WHOLE, new EventLog(Delivery.WHOLE, false));
    byte[] frames = HexFrames.bytes("88 00  81 01 41  88 00  81 01 41");
    protocol.receive(frames, 0, 2);
    assertThat(protocol.isCloseReceived()).isTrue();
    protocol.receive(frames, 2, 8);
    assertThat(protocol.consumed()).isEqualTo(8);
  }

  @Test
  void parts_come_as_soon_as_their_bytes_and_never_inside_a_code_point() throws Exception {
    List<String> parts = new ArrayList<>();
    CountingEvents events =
        new CountingEvents() {
          @Override
          public void onTextPart(String part, boolean last) {
            parts.add(part + (last ? "." : ""));
          }
        };
    Receiver protocol = client(Delivery.PARTS, events);
    byte[] frame = HexFrames.frame(0x81, "aé€😀".getBytes(UTF_8));
    for (int i = 0; i < frame.length; i++) {
      protocol.receive(frame, i, 1);
    }
    assertThat(parts).containsExactly("a", "é", "€", "😀.");

    parts.clear();
    byte[] fragments = HexFrames.bytes("01 03 61c3a9  00 02 e282  00 00  00 01 ac  80 00");
    protocol.receive(fragments, 0, fragments.length);
    assertThat(parts).containsExactly("aé", "€", ".");
  }

  @Test
  void parts_of_a_text_are_cut_before_a_code_point_of_any_length() throws Exception {
    for (String codePoint : List.of("é", "€", "😀")) {
      byte[] text = ("a" + codePoint).getBytes(UTF_8);
      for (int cut = 2; cut < text.length; cut++) {
        List<String> parts = new ArrayList<>();
        Receiver protocol =
            client(
                Delivery.PARTS,
                new CountingEvents() {
                  @Override
                  public void onTextPart(String part, boolean last) {
                    parts.add(part);
                  }
                });
        byte[] frame = HexFrames.frame(0x81, text);
        protocol.receive(frame, 0, 2 + cut);
        protocol.receive(frame, 2 + cut, text.length - cut);
        assertThat(parts).containsExactly("a", codePoint);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void nothing_of_a_message_comes_after_failing_inside_it(Delivery delivery) throws Exception {
    EventLog log = new EventLog(delivery, true);
    Receiver protocol = client(delivery, log);
    byte[] frames = HexFrames.bytes("01 02 41c3  00 01 a9  80 01 42  81 01 43");
    protocol.receive(frames, 0, 4);
    protocol.fail();
    protocol.receive(frames, 4, frames.length - 4);
    assertThat(protocol.consumed()).isEqualTo(frames.length - 4);
    assertThat(log.events()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void failing_inside_an_event_ends_the_messages_at_once(Delivery delivery) throws Exception {
    Receiver[] protocol = new Receiver[1];
    CountingEvents events =
        new CountingEvents() {
          @Override
          public void onPing(byte[] bytes, int offset, int length) {
            controlCount++;
            protocol[0].fail();
          }
        };
    protocol[0] = client(delivery, events);
    byte[] frames = HexFrames.bytes("01 01 41  89 00  89 00  80 01 42  8a 00  88 00");
    protocol[0].receive(frames, 0, frames.length);
    assertThat(protocol[0].consumed()).isEqualTo(frames.length);
    assertThat(events.messageCount).isZero();
    assertThat(events.controlCount).as("the first ping, and the Close frame").isEqualTo(2);
    assertThat(protocol[0].isCloseReceived()).isTrue();
  }

  @Test
  void goes_on_behind_an_event_that_threw() throws Exception {
    EventLog log = new EventLog(Delivery.WHOLE, true);
    CountingEvents throwing =
        new CountingEvents() {
          @Override
          public void onText(String text) {
            log.onText(text);
            throw new IllegalStateException(text);
          }
        };
    Receiver protocol = client(Delivery.WHOLE, throwing);
    byte[] frames = HexFrames.bytes("01 01 41  80 01 42  81 01 43");
    assertThatIllegalStateException().isThrownBy(() -> protocol.receive(frames, 0, 9));
    assertThat(protocol.consumed()).isEqualTo(6);
    assertThatIllegalStateException().isThrownBy(() -> protocol.receive(frames, 6, 3));
    assertThat(log.events()).containsExactly("text AB", "text C");
  }

  @Test
  void a_bad_close_frame_is_a_close_frame_all_the_same() {
    Receiver protocol = client(Delivery.WHOLE, new CountingEvents());
    assertThatThrownBy(() -> protocol.receive(HexFrames.bytes("88 01 03"), 0, 3))
        .isInstanceOf(ProtocolException.class)
        .hasMessage("Close frame with half a status code (section 5.5.1)");
    assertThat(protocol.isCloseReceived()).isTrue();
  }

  @Test
  void knows_whether_a_frame_has_begun_and_how_many_have_ended() throws Exception {
    Receiver protocol = client(Delivery.WHOLE, new CountingEvents());
    assertThat(protocol.isInsideFrame()).isFalse();
    byte[] frame = HexFrames.bytes("81 02 4142");
    for (int i = 0; i < frame.length - 1; i++) {
      protocol.receive(frame, i, 1);
      assertThat(protocol.isInsideFrame()).isTrue();
      assertThat(protocol.milestones()).isZero();
    }
    protocol.receive(frame, frame.length - 1, 1);
    assertThat(protocol.isInsideFrame()).isFalse();
    assertThat(protocol.milestones()).isEqualTo(1);
  }

  private static Receiver client(Delivery delivery, ProtocolEvents events) {
    return new Receiver(Role.CLIENT, WebSocketConfig.defaults().limits(), null, delivery, events);
  }
}
