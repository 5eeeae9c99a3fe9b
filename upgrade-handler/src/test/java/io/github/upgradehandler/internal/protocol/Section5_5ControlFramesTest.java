package io.github.upgradehandler.internal.protocol;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import io.github.upgradehandler.spi.Role;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 6455 section 5.5: Close, ping and pong. */
class Section5_5ControlFramesTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # 5.5.1 Close: nothing, a code, a code and a reason
          88 00                               | both | close 1005
          88 02 03e8                          | both | close 1000
          88 05 03e9 627965                   | both | close 1001 bye
          88 04 0fa0 c3a9                     | both | close 4000 é
          # half a code
          88 01 03                            | both | fail 1002
          # a reason that is not UTF-8, and one that is cut off
          88 03 03e8 ff                       | both | fail 1007
          88 04 03e8 41c3                     | both | fail 1007
          # behind a Close frame nothing counts, be it right or wrong
          88 00  81 01 41  89 00  88 02 03e8  | both | close 1005
          88 02 03e8  83 00                   | both | close 1000
          88 02 03e8  80 00                   | both | close 1000
          88 02 03e8  ff 7f ffffffffffffffff  | both | close 1000
          88 01 03  88 00                     | both | fail 1002
          # behind a failure it still counts, be it right or wrong
          83 00  88 02 03e8                   | both | fail 1002; close 1000
          83 00  ff 01 00  88 02 03e8         | both | fail 1002; close 1000
          83 00  88 02 03ed                   | both | fail 1002; fail 1002
          83 00  f8 00  88 02 03e8            | both | fail 1002; close 1005
          # 5.5.2 and 5.5.3 ping and pong, asked for or not
          89 00                               | both | ping
          89 02 0102                          | both | ping 0102
          8a 00                               | both | pong
          8a 02 0102                          | both | pong 0102
          89 01 01  89 01 02  8a 01 03        | both | ping 01; ping 02; pong 03
          # fragmented
          08 00                               | both | fail 1002; close 1005
          09 01 41                            | both | fail 1002
          0a 00                               | both | fail 1002
          # over 125 bytes
          89 7e 007e                          | both | fail 1002
          8a 7f 0000000000010000              | both | fail 1002
          88 7e 007e                          | both | fail 1002; close 1005
          88 7f ffffffffffffffff              | both | fail 1002; close 1005
          88 7e 007e 4142 88 02 03e8          | both | fail 1002; close 1005
          """)
  void control_frames(String hex, String role, String events) {
    EveryCut.assertEvents(hex, role, events);
  }

  @ParameterizedTest
  @CsvSource({"137, ping", "138, pong"})
  void a_control_frame_carries_125_bytes(int firstByte, String event) {
    byte[] payload = new byte[125];
    payload[124] = 1;
    EveryCut.assertEvents(
        WebSocketConfig.defaults(),
        HexFrames.frame(firstByte, payload),
        List.of(event + " " + HexFormat.of().formatHex(payload)));
  }

  @Test
  void a_reason_has_123_bytes() {
    byte[] payload = HexFrames.join(HexFrames.bytes("03e8"), "r".repeat(123).getBytes(US_ASCII));
    EveryCut.assertEvents(
        WebSocketConfig.defaults(),
        HexFrames.frame(0x88, payload),
        List.of("close 1000 " + "r".repeat(123)));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 10, 124})
  void the_bounds_of_messages_do_not_touch_control_frames(long maxMessageBytes) {
    byte[] payload = new byte[125];
    String hex = HexFormat.of().formatHex(payload);
    EveryCut.assertEvents(
        WebSocketConfig.builder().maxMessageBytes(maxMessageBytes).maxFragments(2).build(),
        HexFrames.join(
            HexFrames.bytes("02 00"),
            HexFrames.frame(0x89, payload),
            HexFrames.frame(0x8A, payload),
            HexFrames.bytes("80 01 01"),
            HexFrames.frame(
                0x88, HexFrames.join(HexFrames.bytes("03e8"), "r".repeat(123).getBytes(US_ASCII)))),
        List.of("ping " + hex, "pong " + hex, "binary 01", "close 1000 " + "r".repeat(123)));
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void a_close_frame_behind_a_ping_that_was_cut_off_by_our_failure(Delivery delivery)
      throws ProtocolException {
    EventLog log = new EventLog(delivery, true);
    Receiver protocol =
        new Receiver(Role.CLIENT, WebSocketConfig.defaults().limits(), null, delivery, log);
    byte[] ping = HexFrames.frame(0x89, new byte[125]);
    protocol.receive(ping, 0, ping.length - 1);
    protocol.fail();
    protocol.receive(ping, ping.length - 1, 1);
    protocol.receive(HexFrames.bytes("88 05 03e9 627965"), 0, 7);
    assertThat(log.events()).containsExactly("close 1001 bye");
  }

  @ParameterizedTest
  @EnumSource(Delivery.class)
  void a_close_frame_that_our_failure_cuts_in_two_counts(Delivery delivery)
      throws ProtocolException {
    byte[] close = HexFrames.bytes("88 05 03e9 627965");
    for (int cut = 0; cut < close.length; cut++) {
      EventLog log = new EventLog(delivery, true);
      Receiver protocol =
          new Receiver(Role.CLIENT, WebSocketConfig.defaults().limits(), null, delivery, log);
      protocol.receive(close.clone(), 0, cut);
      protocol.fail();
      assertThat(protocol.isCloseReceived()).isFalse();
      protocol.receive(close.clone(), cut, close.length - cut);
      assertThat(log.events()).containsExactly("close 1001 bye");
      assertThat(protocol.isCloseReceived()).isTrue();
    }
  }
}
