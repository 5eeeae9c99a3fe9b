package io.github.upgradehandler.internal.frame;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.spi.Role;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a reader hands on, and where it stands. */
class FrameReaderTest {

  private static final int RSV1 = 0x40;

  private final FrameLog log = new FrameLog();
  private final FrameReader reader = new FrameReader(Role.CLIENT, log.bounded(1L << 40, 1L << 40));

  @Test
  void a_header_then_its_payload_as_it_comes() throws ProtocolException {
    byte[] frame = bytes("82 05 0102030405");
    reader.read(frame, 0, 4);
    assertThat(reader.consumed()).isEqualTo(4);
    reader.read(frame, 4, 1);
    reader.read(frame, 5, 2);
    assertThat(log.lines).containsExactly("BINARY fin rsv=00 length=5", "0102", "03", "0405 last");
  }

  @Test
  void an_empty_frame_has_one_call_without_bytes() throws ProtocolException {
    read("01 00  80 00");
    assertThat(log.lines)
        .containsExactly(
            "TEXT rsv=00 length=0", "last", "CONTINUATION fin rsv=00 length=0", "last");
  }

  @Test
  void a_header_alone_is_handed_on_without_its_payload() throws ProtocolException {
    read("82 05");
    assertThat(log.lines).containsExactly("BINARY fin rsv=00 length=5");
  }

  @Test
  void no_bytes_are_no_frame() throws ProtocolException {
    read("");
    assertThat(reader.consumed()).isZero();
    assertThat(log.lines).isEmpty();
  }

  @Test
  void stops_where_the_sink_wants_no_more() throws ProtocolException {
    log.wantsMore = false;
    byte[] frames = bytes("82 01 01  82 00  82 01 02");
    reader.read(frames, 0, 8);
    assertThat(reader.consumed()).isEqualTo(3);
    reader.read(frames, 3, 5);
    assertThat(reader.consumed()).isEqualTo(2);
    reader.read(frames, 5, 3);
    assertThat(reader.consumed()).isEqualTo(3);
  }

  @Test
  void the_payload_is_unmasked_in_place() throws ProtocolException {
    byte[] frame = bytes("81 85 37fa213d 7f9f4d5158 ee");
    FrameReader server = new FrameReader(Role.SERVER, log.bounded(125, 125));
    server.read(frame, 0, 11);
    assertThat(frame).isEqualTo(bytes("81 85 37fa213d 48656c6c6f ee"));
    assertThat(log.lines).endsWith("48656c6c6f last");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # RSV1 has a meaning on the first frame of a message, and there alone
          c1 00        | true
          42 00        | true
          81 00        | true
          e1 00        | false
          d1 00        | false
          a1 00        | false
          01 00 c0 00  | false
          c9 00        | false
          c8 00        | false
          """)
  void negotiated_bits(String hex, boolean allowed) throws ProtocolException {
    FrameReader negotiated = new FrameReader(Role.CLIENT, RSV1, log.bounded(125, 1000));
    byte[] frames = bytes(hex);
    if (allowed) {
      negotiated.read(frames, 0, frames.length);
      assertThat(log.lines.get(0)).contains(String.format(" rsv=%02x ", frames[0] & 0x70));
    } else {
      assertThatThrownBy(() -> negotiated.read(frames, 0, frames.length))
          .isInstanceOf(ProtocolException.class)
          .hasMessage("RSV bit without a negotiated meaning (section 5.2)");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          83 00                        | CLIENT | 1002 | reserved opcode 3 (section 5.2)
          8f 00                        | CLIENT | 1002 | reserved opcode 15 (section 5.2)
          91 00                        | CLIENT | 1002 | RSV bit without a negotiated meaning (section 5.2)
          09 00                        | CLIENT | 1002 | fragmented control frame (section 5.5)
          81 80                        | CLIENT | 1002 | masked frame from the server (section 5.1)
          81 00                        | SERVER | 1002 | unmasked frame from the client (section 5.1)
          89 7e                        | CLIENT | 1002 | control frame over 125 bytes (section 5.5)
          82 7f 8000000000000000       | CLIENT | 1002 | 64-bit length with the top bit set (section 5.2)
          82 7e 007d                   | CLIENT | 1002 | length not in its shortest form (section 5.2)
          82 7f 0000000000000100       | CLIENT | 1002 | length not in its shortest form (section 5.2)
          82 7e 03e9                   | CLIENT | 1009 | frame of 1001 bytes (the bound is 1000)
          """)
  void the_detail_says_what_was_wrong(String hex, Role role, int code, String detail) {
    FrameReader bounded = new FrameReader(role, log.bounded(1000, 1000));
    byte[] frame = bytes(hex);
    assertThatThrownBy(() -> bounded.read(frame, 0, frame.length))
        .isInstanceOfSatisfying(
            ProtocolException.class, e -> assertThat(e.status().code()).isEqualTo(code))
        .hasMessage(detail);
    assertThat(bounded.consumed()).as("nothing of the header").isZero();
    assertThat(log.lines).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # a bound of 125 bytes, and of 1000 for the frames of marked messages
          c2 7e 03e8               |
          c2 7e 03e9               | frame of 1001 bytes (the bound is 1000)
          82 7e 007e               | frame of 126 bytes (the bound is 125)
          42 00  80 7e 03e8        |
          42 00  89 00  80 7e 03e8 |
          42 00  80 7e 03e9        | frame of 1001 bytes (the bound is 1000)
          02 00  80 7e 007e        | frame of 126 bytes (the bound is 125)
          c2 00  82 7e 007e        | frame of 126 bytes (the bound is 125)
          """)
  void frames_of_marked_messages_have_their_own_bound(String hex, String detail)
      throws ProtocolException {
    FrameReader negotiated = new FrameReader(Role.CLIENT, RSV1, log.bounded(125, 1000));
    byte[] frames = bytes(hex);
    if (detail == null) {
      negotiated.read(frames, 0, frames.length);
      assertThat(log.lines).last().asString().endsWith("length=1000");
    } else {
      assertThatThrownBy(() -> negotiated.read(frames, 0, frames.length))
          .isInstanceOfSatisfying(
              ProtocolException.class, e -> assertThat(e.status().code()).isEqualTo(1009))
          .hasMessage(detail);
    }
  }

  @Test
  void a_frame_of_the_largest_size_is_let_pass() throws ProtocolException {
    FrameReader bounded = new FrameReader(Role.CLIENT, log.bounded(1000, 1000));
    bounded.read(bytes("82 7e 03e8"), 0, 4);
    assertThat(log.lines).containsExactly("BINARY fin rsv=00 length=1000");
  }

  @Test
  void control_frames_fit_however_small_the_bound_is() throws ProtocolException {
    FrameReader bounded = new FrameReader(Role.CLIENT, log.bounded(1, 1));
    bounded.read(bytes("89 7d"), 0, 2);
    assertThat(log.lines).containsExactly("PING fin rsv=00 length=125");
  }

  @Test
  void seeking_a_close_frame_passes_over_the_rest_of_a_payload() throws ProtocolException {
    read("82 05 0102");
    reader.seekClose();
    read("030405  81 01 41  88 02 03e8");
    assertThat(log.lines)
        .containsExactly(
            "BINARY fin rsv=00 length=5", "0102", "CLOSE fin rsv=00 length=2", "03e8 last");
  }

  @Test
  void seeking_a_close_frame_goes_on_inside_a_header() throws ProtocolException {
    for (String rest : List.of("7e 0001 ff", "7f 0000000000000001 ff", "01 ff")) {
      log.lines.clear();
      FrameReader some = new FrameReader(Role.CLIENT, log.bounded(1000, 1000));
      some.read(bytes("82"), 0, 1);
      some.seekClose();
      byte[] behind = bytes(rest + " 88 00");
      some.read(behind, 0, behind.length);
      assertThat(log.lines).containsExactly("CLOSE fin rsv=00 length=0", "last");
    }
  }

  @Test
  void seeking_a_close_frame_never_ends_a_frame_of_endless_length() throws ProtocolException {
    reader.seekClose();
    read("82 7f ffffffffffffffff");
    for (int i = 0; i < 100; i++) {
      read("88 00");
    }
    assertThat(log.lines).isEmpty();
    assertThat(reader.isInsideFrame()).isTrue();
  }

  @Test
  void a_close_frame_that_is_too_long_counts_without_its_payload() throws ProtocolException {
    reader.seekClose();
    read("88 7e 007e");
    assertThat(log.lines).containsExactly("CLOSE fin rsv=00 length=0", "last");
  }

  @Test
  void a_header_that_is_refused_in_pieces_is_read_again_by_seeking() {
    for (int cut = 1; cut < 4; cut++) {
      log.lines.clear();
      FrameReader server = new FrameReader(Role.SERVER, log.bounded(125, 125));
      byte[] close = bytes("88 02 03e8"); // not masked
      int position = 0;
      for (int end : new int[] {cut, 4, 4}) {
        try {
          server.read(close, position, end - position);
        } catch (ProtocolException e) {
          server.seekClose();
        }
        position += server.consumed();
      }
      assertThat(position).isEqualTo(4);
      assertThat(String.join(" ", log.lines)).startsWith("CLOSE").endsWith("last");
    }
  }

  @Test
  void milestones_grow_with_frames_and_with_every_64_kib_of_one() throws ProtocolException {
    assertThat(reader.milestones()).isZero();
    read("82 7f 0000000000030001");
    assertThat(reader.milestones()).isZero();
    byte[] kib64 = new byte[1 << 16];
    reader.read(kib64, 0, kib64.length - 1);
    assertThat(reader.milestones()).isZero();
    reader.read(kib64, 0, 1);
    assertThat(reader.milestones()).isEqualTo(1);
    reader.read(kib64, 0, kib64.length);
    assertThat(reader.milestones()).isEqualTo(2);
    reader.read(kib64, 0, kib64.length);
    assertThat(reader.milestones()).isEqualTo(3);
    reader.read(kib64, 0, 1);
    assertThat(reader.milestones()).isEqualTo(4);
    read("89 00  89 00");
    assertThat(reader.milestones()).isEqualTo(6);
  }

  @Test
  void is_inside_a_frame_from_its_first_byte_to_its_last() throws ProtocolException {
    byte[] frame = bytes("82 7e 0080" + "00".repeat(128));
    for (int i = 0; i < frame.length; i++) {
      assertThat(reader.isInsideFrame()).isEqualTo(i > 0);
      reader.read(frame, i, 1);
    }
    assertThat(reader.isInsideFrame()).isFalse();
  }

  private void read(String hex) throws ProtocolException {
    byte[] bytes = bytes(hex);
    reader.read(bytes, 0, bytes.length);
  }

  private static byte[] bytes(String hex) {
    return HexFormat.of().parseHex(hex.replaceAll("\\s", ""));
  }
}
