package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.spi.Role;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** RFC 6455 section 10.4: limits, and what memory a peer can make this end use. */
class Section10_4LimitsTest {

  /** What an empty message's text, an exception and the like may take. */
  private static final long SMALL = 1024;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # a message of up to 300 bytes in frames of up to 200
          82 7e 00c9                                  | fail 1009
          82 7e ffff                                  | fail 1009
          82 7f 0000000000010000                      | fail 1009
          82 7f 7fffffffffffffff                      | fail 1009
          # in three fragments
          02 00  00 00  80 00                         | binary
          02 00  00 00  00 00  80 00                  | fail 1008
          02 00  00 00  00 00                         | nothing
          02 00  00 00  00 00  00                     | nothing
          # control frames count for nothing
          02 00  89 00  00 00  89 00  8a 00  80 00    | ping; ping; pong; binary
          # every message counts anew
          02 00  00 00  80 00  02 00  00 00  80 00    | binary; binary
          # the last fragment decides about nothing
          02 00  00 00  80 7e 00c9                    | fail 1009
          """)
  void bounds(String hex, String events) {
    EveryCut.assertEvents(small(), hex, "both", events);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # payloads of the frames | events
          200                      | whole
          200 100                  | whole
          100 100 100              | whole
          200 101                  | 1009
          200 0 101                | 1009
          100 100 101              | 1009
          """)
  void the_sum_of_fragments(String lengths, String outcome) {
    byte[] frames = {};
    int sum = 0;
    String[] each = lengths.split(" ", -1);
    for (int i = 0; i < each.length; i++) {
      int firstByte = (i == 0 ? 2 : 0) | (i == each.length - 1 ? 0x80 : 0);
      byte[] payload = new byte[Integer.parseInt(each[i])];
      frames = HexFrames.join(frames, HexFrames.frame(firstByte, payload));
      sum += payload.length;
    }
    String event = outcome.equals("whole") ? "binary " + "00".repeat(sum) : "fail " + outcome;
    EveryCut.assertEvents(small(), frames, List.of(event));
  }

  @Test
  void a_sum_too_big_is_refused_before_its_payload() {
    byte[] first = HexFrames.masked(HexFrames.frame(0x02, new byte[65_535]), 1);
    byte[] second = HexFrames.masked(HexFrames.frame(0x80, new byte[2]), 1);
    assertThat(EveryCut.failingByte(Role.SERVER, HexFrames.join(first, second)))
        .isEqualTo(first.length + 6);
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void nothing_is_allocated_for_what_is_only_announced(Delivery delivery) throws Exception {
    WebSocketConfig config = WebSocketConfig.builder().maxMessageBytes(1L << 31).build();
    byte[] frame = HexFrames.bytes("82 ff 000000007f000000 00000000 01");
    assertThat(Allocations.of(() -> receive(config, delivery, frame))).isLessThan(SMALL);
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void what_is_kept_of_a_message_grows_with_what_came(Delivery delivery) throws Exception {
    WebSocketConfig config = WebSocketConfig.builder().maxMessageBytes(1L << 31).build();
    byte[] frame = Arrays.copyOf(HexFrames.bytes("82 ff 000000007f000000 00000000"), 14 + 10_000);
    assertThat(Allocations.of(() -> receive(config, delivery, frame))).isLessThan(10_000 + SMALL);
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void frames_that_lie_in_the_buffer_take_no_memory(Delivery delivery) throws Exception {
    byte[] some =
        HexFrames.masked(
            HexFrames.join(
                HexFrames.frame(0x82, new byte[125]),
                HexFrames.frame(0x82, new byte[1000]),
                HexFrames.frame(0x89, new byte[125]),
                HexFrames.frame(0x8A, new byte[0])),
            0);
    CountingEvents events = new CountingEvents();
    Receiver protocol =
        new Receiver(Role.SERVER, WebSocketConfig.defaults().limits(), null, delivery, events);
    long allocated =
        Allocations.of(
            () -> {
              for (int i = 0; i < 1000; i++) {
                protocol.receive(some, 0, some.length);
              }
            });
    assertThat(allocated).isLessThan(SMALL);
    assertThat(events.messageCount + events.partCount).isEqualTo(4000);
    assertThat(events.controlCount).isEqualTo(4000);
  }

  @Test
  void whole_messages_have_at_most_the_length_of_an_array() {
    WebSocketConfig config = WebSocketConfig.builder().maxMessageBytes(1L << 40).build();
    Replay whole = new Replay(Role.CLIENT, config, Delivery.WHOLE);
    Replay parts = new Replay(Role.CLIENT, config, Delivery.PARTS);
    byte[] frame = HexFrames.bytes("82 7f 0000000100000000 01");
    assertThat(whole.play(frame)).extracting(Replay.Moment::event).containsExactly("fail 1009");
    assertThat(parts.play(frame)).isEmpty();
  }

  @Test
  void a_message_that_lies_in_the_buffer_is_handed_on_without_a_copy() throws Exception {
    byte[] frame = HexFrames.masked(HexFrames.frame(0x82, new byte[100]), 7);
    boolean[] same = {false};
    CountingEvents events =
        new CountingEvents() {
          @Override
          public void onBinary(byte[] bytes, int offset, int length) {
            same[0] = bytes == frame && offset == 6 && length == 100;
          }
        };
    new Receiver(Role.SERVER, WebSocketConfig.defaults().limits(), null, Delivery.WHOLE, events)
        .receive(frame, 0, frame.length);
    assertThat(same[0]).isTrue();
  }

  private static void receive(WebSocketConfig config, Delivery delivery, byte[] bytes)
      throws Exception {
    new Receiver(Role.SERVER, config.limits(), null, delivery, new CountingEvents())
        .receive(bytes, 0, bytes.length);
  }

  private static WebSocketConfig small() {
    return WebSocketConfig.builder()
        .maxMessageBytes(300)
        .maxFrameBytes(200)
        .maxFragments(3)
        .build();
  }
}
