package io.github.upgradehandler.socketio.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.PacketFormat;
import io.github.upgradehandler.socketio.PacketType;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import io.github.upgradehandler.socketio.internal.engine.MalformedPacketException;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Packets as socket.io-msgpack-parser 3.0.2 writes and reads them. */
class MessagePackCodecTest {

  private static final String EVENT =
      "85a47479706502a46461746199a16d01ffcb3ff8000000000000c3c0d40000a3e282ac81a16191c4020102"
          + "a76f7074696f6e7381a8636f6d7072657373c3a26964d40000a36e7370a12f";
  private static final String DATE =
      "84a47479706502a46461746192a164d7000000018bcfe5687ba269640ca36e7370a12f";

  private final PacketCodec codec = PacketCodec.of(PacketFormat.MESSAGE_PACK);

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "83a47479706500a464617461d40000a36e7370a12f | CONNECT / null null",
        "83a47479706500a46461746181a5746f6b656ea3313233a36e7370a72f637573746f6d"
            + " | CONNECT /custom null {\"token\":\"123\"}",
        "82a47479706501a36e7370a12f | DISCONNECT / null null",
        EVENT + " | EVENT / null [\"m\",1,-1,1.5,true,null,null,\"€\",{\"a\":[\"AQI=\"]}]",
        DATE + " | EVENT / 12 [\"d\",\"2023-11-14T22:13:20.123Z\"]",
        "83a47479706503a46461746190a36e7370a12f | ACK / null []",
      })
  void whatTheParserOfNpmWritesIsRead(String hex, String expected) {
    assertThat(described(read(hex))).isEqualTo(expected);
  }

  @Test
  void bytesStayBytes() {
    assertThat(read(EVENT).data().get(8).get("a").get(0)).isEqualTo(bytes(1, 2));
  }

  @Test
  void aPacketIsOneBinaryMessage() {
    ArrayNode content = new ObjectMapper().createArrayNode().add("m").add(bytes(1, 2)).add(1.5);
    List<EnginePacket> encoded = codec.encode(new Packet(PacketType.EVENT, "/a", 7L, content));

    assertThat(encoded).hasSize(1);
    assertThat(HexFormat.of().formatHex(encoded.get(0).bytes()))
        .isEqualTo(
            "84a47479706502a36e7370a22f61a46461746193a16dc4020102cb3ff8000000000000a2696407");
    assertThat(
            HexFormat.of()
                .formatHex(
                    codec
                        .encode(new Packet(PacketType.DISCONNECT, "/", null, null))
                        .get(0)
                        .bytes()))
        .isEqualTo("82a47479706501a36e7370a12f");
  }

  @ParameterizedTest
  @CsvSource({
    "9223372036854775807, cf7fffffffffffffff",
    "9223372036854775808, cf8000000000000000",
    "18446744073709551615, cfffffffffffffffff",
    "18446744073709551616, cb43f0000000000000",
    "-9223372036854775808, d38000000000000000",
    "-9223372036854775809, cbc3e0000000000000",
    "1e3, cb408f400000000000",
  })
  void integersAreKeptAsFarAsTheFormatGoes(String number, String hex) throws Exception {
    ArrayNode content = new ObjectMapper().createArrayNode();
    content.add(new ObjectMapper().readTree(number));
    byte[] encoded = codec.encode(new Packet(PacketType.ACK, "/", null, content)).get(0).bytes();

    assertThat(HexFormat.of().formatHex(encoded))
        .isEqualTo("83a47479706503a36e7370a12fa46461746191" + hex);
  }

  @Test
  void thereIsNoBoundOfAttachments() {
    ArrayNode content = new ObjectMapper().createArrayNode().add("m");
    for (int i = 0; i < 20; i++) {
      content.add(bytes(i));
    }
    Packet packet = new Packet(PacketType.EVENT, "/", null, content);

    assertThat(codec.reader(20).binary(codec.encode(packet).get(0).bytes())).isEqualTo(packet);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "c1",
        "93010203",
        "80",
        "81a36e7370a12f", // no type
        "81a474797065c0", // null
        "82a47479706505a36e7370a12f", // type 5
        "82a474797065ffa36e7370a12f", // type -1
        "82a474797065cf8000000000000000a36e7370a12f", // type 2^63
        "81a47479706500", // no namespace
        "82a47479706500a36e7370a161", // namespace without a slash
        "82a47479706500a36e737001",
        "82a47479706500a36e7370b52f61616161616161616161616161616161616161616161",
        "83a47479706500a36e7370a12fa46461746190", // CONNECT with an array
        "83a47479706501a36e7370a12fa46461746180", // DISCONNECT with content
        "82a47479706502a36e7370a12f", // EVENT without content
        "83a47479706502a36e7370a12fa46461746190", // EVENT without a name
        "83a47479706502a36e7370a12fa46461746191a7636f6e6e656374", // a reserved name
        "83a47479706502a36e7370a12fa46461746191c0",
        "82a47479706503a36e7370a12f", // ACK without content
        "83a47479706504a36e7370a12fa46461746180", // CONNECT_ERROR
        "84a47479706503a36e7370a12fa46461746190a26964ff", // id -1
        "84a47479706503a36e7370a12fa46461746190a26964a131", // id "1"
        "84a47479706503a36e7370a12fa46461746190a26964cfffffffffffffffff",
        "83a47479706503a36e7370a12fa464617461ddffffffff", // 2^32 elements that do not come
        "83a47479706503a36e7370a12fa464617461c6ffffffff", // 2^32 bytes that do not come
        "83a47479706503a36e7370a12fa464617461c67fffffff",
        "83a47479706503a36e7370a12fa464617461db7fffffff",
        "83a47479706503a36e7370a12fa464617461df7fffffff",
        "83a47479706503a36e7370a12fa46461746191d50501", // an unknown extension, cut off
        "83a47479706503a36e7370a12fa46461746191d4ff05", // a time stamp of one byte
      })
  void whatIsNoPacketIsRefused(String hex) {
    assertThatThrownBy(() -> read(hex)).isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void nestingIsBounded() {
    String packet = "83a47479706503a36e7370a12fa464617461";
    assertThat(read(packet + "91".repeat(190) + "c0").type()).isEqualTo(PacketType.ACK);
    for (String open : List.of("91", "81a161", "81")) {
      assertThatThrownBy(() -> read(packet + "91" + open.repeat(100_000)))
          .isInstanceOf(MalformedPacketException.class);
    }
  }

  @Test
  void textIsNoPacket() {
    assertThatThrownBy(() -> codec.reader(20).text("0"))
        .isInstanceOf(MalformedPacketException.class);
  }

  @Test
  void whateverComesIsAPacketOrRefused() {
    Random random = new Random(47);
    int packets = 0;
    for (int i = 0; i < 40_000; i++) {
      byte[] bytes = HexFormat.of().parseHex(i % 2 == 0 ? EVENT : DATE);
      for (int changes = random.nextInt(3); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      Packet packet;
      try {
        packet = codec.reader(255).binary(bytes);
      } catch (MalformedPacketException e) {
        continue;
      }
      packets++;
      Packet again = codec.reader(255).binary(codec.encode(packet).get(0).bytes());
      assertThat(again.toString()).isEqualTo(packet.toString());
    }
    assertThat(packets).isGreaterThan(12_000);
  }

  private Packet read(String hex) {
    return codec.reader(20).binary(HexFormat.of().parseHex(hex));
  }

  private static BinaryNode bytes(int... values) {
    byte[] bytes = new byte[values.length];
    for (int i = 0; i < values.length; i++) {
      bytes[i] = (byte) values[i];
    }
    return BinaryNode.valueOf(bytes);
  }

  private static String described(Packet packet) {
    return packet.type() + " " + packet.namespace() + " " + packet.id() + " " + packet.data();
  }
}
