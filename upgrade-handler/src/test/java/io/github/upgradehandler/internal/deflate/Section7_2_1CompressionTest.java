package io.github.upgradehandler.internal.deflate;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocketConfig;
import java.nio.ByteBuffer;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** RFC 7692 section 7.2.1: what a connection compresses, and what it sends as it is. */
class Section7_2_1CompressionTest {

  private static final String TEXT = new String(Texts.compressible(2000, 7), US_ASCII);
  private static final WebSocketConfig DEFAULT =
      WebSocketConfig.builder().compression(true).build();

  @Test
  void messages_below_the_threshold_are_sent_as_they_are() {
    try (MemoryConnection connection = new MemoryConnection(DEFAULT)) {
      connection.socket().sendText("a".repeat(1023));
      connection.socket().sendText("a".repeat(1024));
      connection.socket().send(PreparedMessage.text("a".repeat(1023)));
      connection.socket().send(PreparedMessage.text("a".repeat(1024)));

      assertThat(connection.sent().stream().map(Frames.Frame::isCompressed))
          .containsExactly(false, true, false, true);
    }
  }

  @Test
  void what_gets_no_smaller_is_sent_as_it_is() {
    ByteBuffer noise = ByteBuffer.wrap(Texts.incompressible(5000, 1));
    try (MemoryConnection connection = new MemoryConnection(Negotiated.WITHOUT_TAKEOVER)) {
      connection.socket().sendBinary(noise);
      connection.socket().send(PreparedMessage.binary(noise));
      connection.socket().sendText("");
      connection.socket().sendText("a");
      connection.socket().send(PreparedMessage.text(""));

      assertThat(connection.sent())
          .extracting(Frames.Frame::brief)
          .containsExactly("82:5000", "82:5000", "81:0", "81:1", "81:0");
    }
  }

  /** Section 6: any message may be sent as it is, between compressed ones too. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void a_message_may_be_sent_as_it_is(boolean takeover) {
    PreparedMessage plain = PreparedMessage.text(TEXT).uncompressed();
    WindowedInflater receiver = new WindowedInflater(15);
    try (MemoryConnection connection = new MemoryConnection(Negotiated.config(takeover))) {
      connection.socket().send(PreparedMessage.text(TEXT));
      connection.socket().send(plain);
      connection.socket().sendText(TEXT, false);
      connection.socket().send(plain); // waits
      connection.socket().send(PreparedMessage.text(TEXT));
      connection.socket().sendText("", true);

      List<Frames.Frame> sent = connection.sent();
      assertThat(sent)
          .extracting(Frames.Frame::firstByte)
          .containsExactly(0xC1, 0x81, 0x41, 0x80, 0x81, 0xC1);
      assertThat(sent.get(1).payload()).asString(US_ASCII).isEqualTo(TEXT);
      assertThat(sent.get(4).payload()).asString(US_ASCII).isEqualTo(TEXT);
      assertThat(receiver.message(sent.get(0).payload())).asString(US_ASCII).isEqualTo(TEXT);
    }
    assertThat(plain.uncompressed()).isSameAs(plain);
  }

  /** Else the receiver's window would not be the sender's. */
  @Test
  void with_context_takeover_even_that_is_sent_compressed() {
    byte[] noise = Texts.incompressible(500, 1);
    WindowedInflater receiver = new WindowedInflater(15);
    try (MemoryConnection connection = new MemoryConnection(Negotiated.WITH_TAKEOVER)) {
      connection.socket().sendBinary(noise);
      connection.socket().sendBinary(noise);
      connection.socket().sendText("");

      List<Frames.Frame> sent = connection.sent();
      assertThat(sent).allMatch(Frames.Frame::isCompressed);
      assertThat(sent)
          .extracting(f -> receiver.message(f.payload()).length)
          .containsExactly(500, 500, 0);
      assertThat(sent.get(1).payload().length).as("repeated").isLessThan(20);
    }
  }

  /** Section 7.2.3.6. */
  @Test
  void an_empty_message_is_one_byte() {
    try (MemoryConnection connection = new MemoryConnection(Negotiated.WITH_TAKEOVER)) {
      connection.socket().sendText("");
      connection.socket().sendText("");

      assertThat(connection.sent())
          .allSatisfy(frame -> assertThat(frame.payload()).isEqualTo(new byte[1]));
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void only_the_first_fragment_is_marked_and_control_frames_never_are(boolean takeover) {
    WindowedInflater receiver = new WindowedInflater(15);
    try (MemoryConnection connection = new MemoryConnection(Negotiated.config(takeover))) {
      for (int message = 0; message < 3; message++) {
        connection.socket().sendText(TEXT, false);
        connection.socket().sendPing(ByteBuffer.allocate(3));
        connection.socket().sendText("", false);
        connection.socket().sendText("", false);
        connection.socket().sendText(TEXT, false);
        connection.socket().sendText("", true);

        List<Frames.Frame> sent = connection.sent();
        assertThat(sent)
            .extracting(Frames.Frame::firstByte)
            .containsExactly(0x41, 0x89, 0x00, 0x00, 0x00, 0x80);
        sent.remove(1);
        assertThat(receiver.message(payloads(sent))).asString(US_ASCII).isEqualTo(TEXT + TEXT);
        if (!takeover) {
          receiver.forget();
        }
      }
    }
  }

  @Test
  void a_fragmented_message_is_judged_by_its_first_fragment() {
    try (MemoryConnection connection = new MemoryConnection(DEFAULT)) {
      connection.socket().sendText("short", false);
      connection.socket().sendText(TEXT, true);
      connection.socket().sendText(TEXT, false);
      connection.socket().sendText("short", true);

      List<Frames.Frame> sent = connection.sent();
      assertThat(sent).extracting(Frames.Frame::firstByte).containsExactly(0x01, 0x80, 0x41, 0x80);
      assertThat(new WindowedInflater(15).message(payloads(sent.subList(2, 4))))
          .asString(US_ASCII)
          .isEqualTo(TEXT + "short");
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void what_waits_behind_a_fragmented_message_is_compressed_then(boolean takeover) {
    WindowedInflater receiver = new WindowedInflater(15);
    try (MemoryConnection connection = new MemoryConnection(Negotiated.config(takeover))) {
      connection.socket().sendText(TEXT, false);
      connection.socket().sendText("whole " + TEXT);
      connection.socket().send(PreparedMessage.text("prepared " + TEXT));
      connection.socket().sendText("end", true);

      List<Frames.Frame> sent = connection.sent();
      assertThat(sent).extracting(Frames.Frame::firstByte).containsExactly(0x41, 0x80, 0xC1, 0xC1);
      assertThat(receiver.message(payloads(sent.subList(0, 2))))
          .asString(US_ASCII)
          .isEqualTo(TEXT + "end");
      assertThat(receiver.message(sent.get(2).payload()))
          .asString(US_ASCII)
          .isEqualTo("whole " + TEXT);
      assertThat(receiver.message(sent.get(3).payload()))
          .asString(US_ASCII)
          .isEqualTo("prepared " + TEXT);
    }
  }

  @ParameterizedTest
  @CsvSource({"0, false", "1, true", "6, true", "9, true"})
  void level(int level, boolean compressed) {
    WebSocketConfig config =
        WebSocketConfig.builder().compression(true).compressionLevel(level).build();
    try (MemoryConnection connection = new MemoryConnection(config)) {
      connection.socket().sendText(TEXT);

      assertThat(connection.sent()).allMatch(frame -> frame.isCompressed() == compressed);
    }
  }

  @Test
  void a_higher_level_makes_messages_smaller() {
    assertThat(lengthAtLevel(9)).isLessThan(lengthAtLevel(1));
  }

  /** Section 7.1.1.1. */
  @Test
  void only_with_context_takeover_is_a_repeated_message_smaller() {
    assertThat(lengthsOfTheSameTwice(true))
        .satisfies(l -> assertThat(l.get(1)).isLessThan(l.get(0) / 4));
    assertThat(lengthsOfTheSameTwice(false))
        .satisfies(l -> assertThat(l.get(1)).isEqualTo(l.get(0)));
  }

  private static int lengthAtLevel(int level) {
    WebSocketConfig config =
        WebSocketConfig.builder().compression(true).compressionLevel(level).build();
    try (MemoryConnection connection = new MemoryConnection(config)) {
      connection.socket().sendBinary(Texts.compressible(100_000, 1));
      return connection.sent().get(0).payload().length;
    }
  }

  private static List<Integer> lengthsOfTheSameTwice(boolean takeover) {
    try (MemoryConnection connection = new MemoryConnection(Negotiated.config(takeover))) {
      connection.socket().sendText(TEXT);
      connection.socket().sendText(TEXT);
      return connection.sent().stream().map(frame -> frame.payload().length).toList();
    }
  }

  private static byte[] payloads(List<Frames.Frame> frames) {
    return Frames.join(frames.stream().map(Frames.Frame::payload).toArray(byte[][]::new));
  }
}
