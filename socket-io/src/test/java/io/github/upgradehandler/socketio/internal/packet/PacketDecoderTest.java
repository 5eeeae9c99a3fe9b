package io.github.upgradehandler.socketio.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.PacketType;
import io.github.upgradehandler.socketio.internal.engine.MalformedPacketException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client sends as packets of Socket.IO, and what is none. */
class PacketDecoderTest {

  private final PacketDecoder decoder = new PacketDecoder(20);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0|CONNECT / null null",
        "0/custom|CONNECT /custom null null",
        "0/custom,|CONNECT /custom null null",
        "0/custom,{\"a\":1}|CONNECT /custom null {\"a\":1}",
        "1|DISCONNECT / null null",
        "1/custom,|DISCONNECT /custom null null",
        "2[\"a\",1,{\"b\":[true,null]}]|EVENT / null [\"a\",1,{\"b\":[true,null]}]",
        "2/custom,12[\"a\"]|EVENT /custom 12 [\"a\"]",
        "2[1]|EVENT / null [1]",
        "37[]|ACK / 7 []",
        "50-[\"a\"]|EVENT / null [\"a\"]",
      })
  void aPacketInOneText(String text, String expected) {
    assertThat(described(decoder.text(text))).isEqualTo(expected);
  }

  @Test
  void attachmentsTakeThePlacesOfTheirNumbers() {
    String first = "{\"_placeholder\":true,\"num\":1}";
    String second = "{\"_placeholder\":true,\"num\":0}";

    assertThat(decoder.text("52-/a,3[\"x\"," + first + ",{\"y\":[" + second + "]}]")).isNull();
    assertThat(decoder.binary(new byte[] {1, 2})).isNull();
    assertThat(described(decoder.binary(new byte[] {3})))
        .isEqualTo("EVENT /a 3 [\"x\",\"Aw==\",{\"y\":[\"AQI=\"]}]");
    assertThat(described(decoder.text("0"))).isEqualTo("CONNECT / null null");
  }

  @Test
  void whatOnlyLooksLikeAPlaceholderStays() {
    String lookalike = "[\"x\",{\"_placeholder\":\"true\",\"num\":0},{\"num\":0}]";

    assertThat(decoder.text("51-" + lookalike)).isNull();
    assertThat(described(decoder.binary(new byte[] {1}))).isEqualTo("EVENT / null " + lookalike);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "abc",
        "7",
        "2",
        "2{}",
        "2abc[\"a\"]",
        "2[]",
        "2[null]",
        "2[{}]",
        "2[\"a\"",
        "2[\"a\"]x",
        "2[\"a\"][]",
        "2[\"connect\"]",
        "2[\"connect_error\"]",
        "2[\"disconnect\"]",
        "2[\"disconnecting\"]",
        "2[\"newListener\"]",
        "2[\"removeListener\"]",
        "2\"a\"",
        "3",
        "3{}",
        "0[]",
        "0\"a\"",
        "0null",
        "1{}",
        "1[]",
        "4",
        "4{\"message\":\"x\"}",
        "5[\"a\"]",
        "5-[\"a\"]",
        "5x-[\"a\"]",
        "511-[\"a\"]",
        "5100-[\"a\"]",
        "5-1-[\"a\"]",
        "21234567890123456[\"a\"]",
        "0/a-name-that-is-too-long,",
        "2[\"an event that is too long\"]",
        "2[NaN]",
        "2['a']",
      })
  void whatIsNoPacketIsRefused(String text) {
    assertThatThrownBy(() -> decoder.text(text)).isInstanceOf(MalformedPacketException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"-1", "1", "1e0", "\"0\"", "null", "0.5", "splice", "99999999999"})
  void aPlaceholderHasTheNumberOfAnAttachment(String number) {
    String text = "51-[\"x\",{\"_placeholder\":true,\"num\":" + number + "}]";

    assertThatThrownBy(
            () -> {
              decoder.text(text);
              decoder.binary(new byte[1]);
            })
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void aPlaceholderHasANumber() {
    decoder.text("51-[\"x\",{\"_placeholder\":true}]");

    assertThatThrownBy(() -> decoder.binary(new byte[1]))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void nothingComesBetweenAPacketAndItsAttachments() {
    decoder.text("51-[\"x\",{\"_placeholder\":true,\"num\":0}]");

    assertThatThrownBy(() -> decoder.text("2[\"x\"]")).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void anAttachmentIsAnnounced() {
    assertThatThrownBy(() -> decoder.binary(new byte[1]))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void theDepthIsBounded() {
    String deep = "[".repeat(PacketJson.DEEPEST) + "]".repeat(PacketJson.DEEPEST);
    String less = "[\"x\"," + deep.substring(1, deep.length() - 1) + "]";

    assertThat(decoder.text("2" + less)).isNotNull();
    assertThatThrownBy(() -> decoder.text("2[\"x\"," + deep + "]"))
        .isInstanceOf(MalformedPacketException.class);
  }

  private static String described(Packet packet) {
    PacketType type = packet.type();
    return type + " " + packet.namespace() + " " + packet.id() + " " + packet.data();
  }
}
