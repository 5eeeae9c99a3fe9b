package io.github.upgradehandler.socketio.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.Iterator;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets and payloads of Engine.IO 3 and 4. */
class EngineProtocolTest {

  @ParameterizedTest
  @CsvSource({"4,V4", "3,V3"})
  void theVersionIsNamedExactly(String eio, EngineProtocol protocol) {
    assertThat(EngineProtocol.of(eio)).isEqualTo(protocol);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "2", "5", "04", "4 ", "abc"})
  void anotherVersionIsNone(String eio) {
    assertThat(EngineProtocol.of(eio)).isNull();
  }

  @Test
  void packetsOfVersion4AreSeparatedByU001E() {
    String payload =
        EngineProtocol.V4.encodePayload(
            List.of(
                EnginePacket.text("hello"),
                EnginePacket.binary(new byte[] {1, 2, 3, 4}),
                EnginePacket.of(EnginePacketType.NOOP)));

    assertThat(payload).isEqualTo("4hello\u001ebAQIDBA==\u001e6");
    assertThat(described(EngineProtocol.V4.decodePayload(payload)))
        .containsExactly("MESSAGE hello", "MESSAGE 01020304", "NOOP ");
  }

  @Test
  void packetsOfVersion3HaveTheirLengthInUtf16() {
    String payload =
        EngineProtocol.V3.encodePayload(
            List.of(EnginePacket.text("€😀"), EnginePacket.binary(new byte[] {1, 2, 3, 4})));

    assertThat(payload).isEqualTo("4:4€😀10:b4AQIDBA==");
    assertThat(described(EngineProtocol.V3.decodePayload(payload)))
        .containsExactly("MESSAGE €😀", "MESSAGE 01020304");
  }

  @Test
  void aPayloadOfVersion3MayBeBytes() {
    byte[] payload =
        BinaryPayloadV3.encode(
            List.of(EnginePacket.text("€"), EnginePacket.binary(new byte[] {1, 2, 3, 4})));

    assertThat(HexFormat.of().formatHex(payload)).isEqualTo("0004ff34e282ac" + "0105ff0401020304");
    assertThat(described(new BinaryPayloadV3(payload)))
        .containsExactly("MESSAGE €", "MESSAGE 01020304");
  }

  @Test
  void binaryMessagesOfAWebSocketBeginWithTheTypeInVersion3Alone() {
    EnginePacket packet = EnginePacket.binary(new byte[] {1, 2});

    assertThat(HexFormat.of().formatHex(bytes(packet, EngineProtocol.V3))).isEqualTo("040102");
    assertThat(HexFormat.of().formatHex(bytes(packet, EngineProtocol.V4))).isEqualTo("0102");
    assertThat(EngineProtocol.V3.decodeBinary(new byte[] {4, 1, 2}).bytes()).containsExactly(1, 2);
    assertThat(EngineProtocol.V4.decodeBinary(new byte[] {4, 1, 2}).bytes())
        .containsExactly(4, 1, 2);
  }

  @Test
  void whatIsMadeForTheWireIsMadeOnce() {
    EnginePacket packet = EnginePacket.text("hello");

    assertThat(packet.message(EngineProtocol.V4)).isSameAs(packet.message(EngineProtocol.V4));
    assertThat(packet.asText(EngineProtocol.V4)).isSameAs(packet.asText(EngineProtocol.V3));
  }

  @Test
  void base64MayHaveLines() {
    assertThat(EngineProtocol.V4.decodeText("bAQID\nBAU=\n").bytes())
        .containsExactly(1, 2, 3, 4, 5);
    assertThat(EngineProtocol.V3.decodeText("b4AQID\nBAU=\n").bytes())
        .containsExactly(1, 2, 3, 4, 5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "7", "x4hello", "bA", "b***", "4a\u001e", "\u001e4a"})
  void whatIsNoPayloadOfVersion4IsRefused(String payload) {
    assertThatThrownBy(() -> described(EngineProtocol.V4.decodePayload(payload)))
        .isInstanceOf(MalformedPacketException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "4hello",
        ":4a",
        "0:",
        "3:4a",
        "1:4a",
        "-1:4",
        "1:7",
        "1:b",
        "3:b0A",
        "99999999999:4a",
        "1",
        "4:b4**"
      })
  void whatIsNoPayloadOfVersion3IsRefused(String payload) {
    assertThatThrownBy(() -> described(EngineProtocol.V3.decodePayload(payload)))
        .isInstanceOf(MalformedPacketException.class);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "02",
        "0001",
        "0001ff",
        "00ff34",
        "0000ff",
        "0002ff34",
        "0101ff03",
        "0001ff80",
        "0009090909090909090909ff34",
        "00017f34"
      })
  void whatIsNoPayloadOfBytesIsRefused(String hex) {
    assertThatThrownBy(() -> described(new BinaryPayloadV3(HexFormat.of().parseHex(hex))))
        .isInstanceOf(MalformedPacketException.class);
  }

  @ParameterizedTest
  @EnumSource(EngineProtocol.class)
  void packetsAreDecodedOneByOne(EngineProtocol protocol) {
    String good = protocol.encodePayload(List.of(EnginePacket.text("good")));
    Iterator<EnginePacket> packets =
        protocol.decodePayload(protocol == EngineProtocol.V4 ? good + "\u001ex" : good + "x");

    assertThat(packets.next().text()).isEqualTo("good");
    assertThatThrownBy(packets::next).isInstanceOf(MalformedPacketException.class);
  }

  private static List<String> described(Iterator<EnginePacket> packets) {
    List<String> described = new ArrayList<>();
    packets.forEachRemaining(
        packet -> {
          byte[] bytes = packet.bytes();
          described.add(
              packet.type()
                  + " "
                  + (bytes == null ? packet.text() : HexFormat.of().formatHex(bytes)));
        });
    return described;
  }

  private static byte[] bytes(EnginePacket packet, EngineProtocol protocol) {
    byte[] bytes = new byte[packet.message(protocol).length()];
    packet.message(protocol).payload().get(bytes);
    return bytes;
  }

  @Test
  void textOfAClientIsUtf8() {
    assertThat(BinaryPayloadV3.utf8("4€".getBytes(StandardCharsets.UTF_8))).isEqualTo("4€");
    assertThatThrownBy(() -> BinaryPayloadV3.utf8(new byte[] {'4', (byte) 0xC3}))
        .isInstanceOf(MalformedPacketException.class);
  }
}
