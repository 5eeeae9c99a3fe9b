package io.github.upgradehandler.socketio.internal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes is a payload or refused, and a payload survives being encoded and decoded. */
class EngineFuzzTest {

  private static final List<String> V4 =
      List.of("4hello", "4a\u001ebAQIDBA==\u001e2", "2probe", "5", "4\u001e4");
  private static final List<String> V3 =
      List.of("6:4hello", "2:4a10:b4AQIDBA==1:2", "6:2probe", "3:4\u20aca", "3:4\ud83d\ude00");

  @Test
  void version4() {
    assertThat(payloads(EngineProtocol.V4, V4)).isGreaterThan(3_000);
  }

  @Test
  void version3() {
    assertThat(payloads(EngineProtocol.V3, V3)).isGreaterThan(3_000);
  }

  @Test
  void bytesOfVersion3() {
    Random random = new Random(44);
    byte[] good =
        BinaryPayloadV3.encode(
            List.of(EnginePacket.text("\u20ac"), EnginePacket.binary(new byte[] {1, 2, 3})));
    int payloads = 0;
    for (int i = 0; i < 30_000; i++) {
      byte[] bytes = good.clone();
      for (int changes = random.nextInt(4); changes > 0; changes--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
      }
      List<EnginePacket> packets = packets(new BinaryPayloadV3(bytes));
      if (packets != null) {
        payloads++;
        assertThat(packets(new BinaryPayloadV3(BinaryPayloadV3.encode(packets))))
            .hasSameSizeAs(packets);
      }
    }
    assertThat(payloads).isGreaterThan(3_000);
  }

  private static int payloads(EngineProtocol protocol, List<String> seeds) {
    Random random = new Random(43);
    int payloads = 0;
    for (int i = 0; i < 60_000; i++) {
      String body = EngineFuzz.mutated(seeds.get(random.nextInt(seeds.size())), random);
      List<EnginePacket> packets = packets(protocol.decodePayload(body));
      if (packets != null) {
        payloads++;
        String encoded = protocol.encodePayload(packets);
        assertThat(protocol.encodePayload(packets(protocol.decodePayload(encoded))))
            .isEqualTo(encoded);
      }
    }
    return payloads;
  }

  private static List<EnginePacket> packets(Iterator<EnginePacket> payload) {
    List<EnginePacket> packets = new ArrayList<>();
    try {
      payload.forEachRemaining(packets::add);
    } catch (MalformedPacketException e) {
      return null;
    }
    return packets;
  }

  @Test
  void anyBytesAreTextOrRefused() {
    Random random = new Random(45);
    for (int i = 0; i < 10_000; i++) {
      byte[] bytes = new byte[random.nextInt(6)];
      random.nextBytes(bytes);
      try {
        assertThat(BinaryPayloadV3.utf8(bytes).getBytes(StandardCharsets.UTF_8)).isEqualTo(bytes);
      } catch (MalformedPacketException e) {
        assertThat(new String(bytes, StandardCharsets.UTF_8)).contains("\ufffd");
      }
    }
  }
}
