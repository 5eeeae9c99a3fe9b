package io.github.upgradehandler.internal.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.spi.Role;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What has broken other implementations, each as one test. Clients mask with a key of zero. */
class MalformedFramesTest {

  /** What a protocol with its exception takes, and no payload. */
  private static final long SMALL = 2048;

  @Test
  @DisplayName("F1: a 64-bit length with the top bit set is refused at the header")
  void f1_negative_length() throws Exception {
    byte[] frame = HexFrames.bytes("82ff ffffffffffffffff 00000000");
    EveryCut.assertEvents(WebSocketConfig.defaults(), Role.SERVER, frame, List.of("fail 1002"));
    assertThat(EveryCut.failingByte(Role.SERVER, frame)).isEqualTo(10);
    assertThat(allocatedByRefusing(frame)).isLessThan(SMALL);
  }

  @Test
  @DisplayName("F2: a length of 2^63-1 is refused at the header, and nothing is allocated for it")
  void f2_huge_length() throws Exception {
    byte[] frame = HexFrames.bytes("82ff 7fffffffffffffff 00000000");
    EveryCut.assertEvents(WebSocketConfig.defaults(), Role.SERVER, frame, List.of("fail 1009"));
    assertThat(EveryCut.failingByte(Role.SERVER, frame)).isEqualTo(10);
    assertThat(allocatedByRefusing(frame)).isLessThan(SMALL);
  }

  @Test
  @DisplayName("F3: a reserved opcode is refused before any length is considered")
  void f3_reserved_opcode_with_a_huge_length() {
    byte[] frame = HexFrames.bytes("83ff 000000007fffffff 00000000");
    EveryCut.assertEvents(WebSocketConfig.defaults(), Role.SERVER, frame, List.of("fail 1002"));
    assertThat(EveryCut.failingByte(Role.SERVER, frame)).isEqualTo(1);
  }

  @ParameterizedTest(name = "F4: a length not in its shortest form: {0}")
  @ValueSource(
      strings = {
        "82fe 0000 00000000",
        "82fe 007d 00000000",
        "82ff 0000000000000000 00000000",
        "82ff 000000000000007e 00000000",
        "82ff 000000000000ffff 00000000"
      })
  void f4_longer_length_than_needed(String hex) {
    EveryCut.assertEvents(hex, "server", "fail 1002");
  }

  @ParameterizedTest(name = "F5: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          8101 41                               | unmasked client frame
          c180 00000000                         | RSV bit that was not negotiated
          c980 00000000                         | RSV1 on a control frame
          0180 00000000 c080 00000000           | RSV1 on a continuation
          8380 00000000                         | opcode 3
          8780 00000000                         | opcode 7
          8b80 00000000                         | opcode B
          8f80 00000000                         | opcode F
          0980 00000000                         | fragmented control frame
          89fe 007e 00000000                    | control frame of 126 bytes
          8080 00000000                         | continuation without a start
          0180 00000000 8180 00000000           | new message inside a fragmented one
          """)
  void f5_frames_that_must_not_be(String hex, String what) {
    EveryCut.assertEvents(hex, "server", "fail 1002");
  }

  @ParameterizedTest(name = "F6: fragments without end are refused at number 1,025: {0}")
  @EnumSource(Delivery.class)
  void f6_endless_fragments(Delivery delivery) {
    Receiver protocol = protocol(WebSocketConfig.defaults(), delivery, new CountingEvents());
    byte[] frames = continuations(1_000_000, 0);
    ProtocolException refusal =
        catchThrowableOfType(
            ProtocolException.class, () -> protocol.receive(frames, 0, frames.length));
    assertThat(refusal.status().code()).isEqualTo(CloseStatus.POLICY_VIOLATION.code());
    assertThat(protocol.consumed()).isEqualTo(1_025 * 6);
  }

  @ParameterizedTest(
      name = "F6: a million empty fragments, were they allowed, take no object each: {0}")
  @EnumSource(Delivery.class)
  void f6_no_object_per_fragment(Delivery delivery) throws Exception {
    byte[] frames = continuations(1_000_000, 0);
    assertThat(allocatedByTaking(frames, delivery)).isLessThan(SMALL);
  }

  @ParameterizedTest(name = "F6: fragments of one byte take no more memory than the message: {0}")
  @EnumSource(Delivery.class)
  void f6_memory_of_tiny_fragments(Delivery delivery) throws Exception {
    int size = 60_000;
    byte[] frames = continuations(size, 1);
    long most = delivery == Delivery.WHOLE ? 65_536 : 0;
    assertThat(allocatedByTaking(frames, delivery)).isLessThan(most + SMALL);
  }

  @ParameterizedTest(name = "F7: fragments that are legal each and too big together: {0}")
  @EnumSource(Delivery.class)
  void f7_sum_of_fragments(Delivery delivery) {
    byte[] frames =
        HexFrames.masked(
            HexFrames.join(
                HexFrames.frame(0x02, new byte[40_000]), HexFrames.frame(0x00, new byte[40_000])),
            0);
    Replay replay = new Replay(Role.SERVER, WebSocketConfig.defaults(), delivery);
    assertThat(replay.play(frames)).extracting(Replay.Moment::event).containsExactly("fail 1009");
    assertThat(EveryCut.failingByte(Role.SERVER, frames)).isEqualTo(8 + 40_000 + 8);
  }

  @ParameterizedTest(name = "F10: {3}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # frames                             | events    | failing byte | what
          8183 00000000 4180af                 | fail 1007 | 8            | continuation byte first
          8182 00000000 c080                   | fail 1007 | 7            | overlong
          81ff 0000000000010000 00000000 e080  | fail 1007 | 16           | overlong in an unfinished frame
          8190 00000000 41eda0                 | fail 1007 | 9            | surrogate in an unfinished frame
          8190 00000000 41f490                 | fail 1007 | 9            | above U+10FFFF in an unfinished frame
          0181 00000000 e0 0085 00000000 80    | fail 1007 | 14           | overlong across fragments
          0181 00000000 c3 8080 00000000       | fail 1007 | 13           | cut off by the last, empty fragment
          8181 00000000 c3                     | fail 1007 | 7            | cut off by the end
          8883 00000000 03e8ff                 | fail 1007 | 9            | in the reason of a Close frame
          8884 00000000 03e841c3               | fail 1007 | 10           | cut off in the reason
          """)
  void f10_invalid_utf8(String hex, String events, int failingByte, String what) {
    EveryCut.assertEvents(hex, "server", events);
    assertThat(EveryCut.failingByte(Role.SERVER, HexFrames.bytes(hex))).isEqualTo(failingByte);
  }

  @ParameterizedTest(name = "F11: a Close frame with code {0}")
  @ValueSource(ints = {0, 1, 999, 1004, 1005, 1006, 1015, 1016, 1999, 2000, 2999, 5000, 65_535})
  void f11_codes_that_must_not_come(int code) {
    EveryCut.assertEvents(String.format("8882 00000000 %04x", code), "server", "fail 1002");
  }

  @Test
  @DisplayName("F11: a Close frame with half a code")
  void f11_half_a_code() {
    EveryCut.assertEvents("8881 00000000 03", "server", "fail 1002");
  }

  @Test
  @DisplayName("F12: many frames in one segment, in one byte each, and in every cut between")
  void f12_segments() {
    EveryCut.assertEvents(
        """
        8185 37fa213d 7f9f4d5158  0182 37fa213d 749c  8980 11223344  8083 37fa213d bf3cdd
        8281 01020304 fe          8a82 00000000 0102  8882 ff00ff00 fce8
        """,
        "server",
        "text Hello; ping; fail 1007; close 1000");
  }

  @ParameterizedTest(name = "F13: ignored behind a Close frame: {0}")
  @ValueSource(
      strings = {
        "8181 00000000 41",
        "8281 00000000 ff",
        "8080 00000000",
        "8980 00000000",
        "8882 00000000 03e9",
        "8101 41",
        "83ff ffffffffffffffff 00000000",
        "82ff 7fffffffffffffff 00000000 0000"
      })
  void f13_frames_behind_a_close_frame(String behind) {
    EveryCut.assertEvents("8882 00000000 03e8" + behind, "server", "close 1000");
    EveryCut.assertEvents("0181 00000000 41 8882 00000000 03e8" + behind, "server", "close 1000");
  }

  private static Receiver protocol(
      WebSocketConfig config, Delivery delivery, ProtocolEvents events) {
    return new Receiver(Role.SERVER, config.limits(), null, delivery, events);
  }

  private static long allocatedByRefusing(byte[] frame) throws Exception {
    return Allocations.of(
        () -> {
          Receiver protocol =
              protocol(WebSocketConfig.defaults(), Delivery.WHOLE, new CountingEvents());
          catchRefusal(protocol, frame);
        });
  }

  private static void catchRefusal(Receiver protocol, byte[] frame) {
    try {
      protocol.receive(frame, 0, frame.length);
    } catch (ProtocolException e) {
      return;
    }
    throw new AssertionError("not refused");
  }

  private static long allocatedByTaking(byte[] frames, Delivery delivery) throws Exception {
    WebSocketConfig config = WebSocketConfig.builder().maxFragments(Integer.MAX_VALUE).build();
    return Allocations.of(
        () -> protocol(config, delivery, new CountingEvents()).receive(frames, 0, frames.length));
  }

  /** A binary message that has begun and goes on in fragments, and no last one. */
  private static byte[] continuations(int count, int length) {
    int frameLength = 6 + length;
    byte[] frames = new byte[count * frameLength];
    for (int i = 0; i < count; i++) {
      frames[i * frameLength + 1] = (byte) (0x80 | length);
    }
    frames[0] = 0x02;
    return frames;
  }
}
