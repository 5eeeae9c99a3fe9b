package io.github.upgradehandler.socketio.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.internal.engine.EngineFuzz;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import io.github.upgradehandler.socketio.internal.engine.MalformedPacketException;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Whatever comes is a packet or refused, and a packet survives being encoded and decoded. */
class PacketFuzzTest {

  private static final List<String> SEEDS =
      List.of(
          "0",
          "0/custom,{\"token\":\"123\"}",
          "1/custom,",
          "2[\"message\",1,\"2\",{\"3\":[true]}]",
          "2/custom,456[\"message-with-ack\",1.5,null,\"\\ud800\"]",
          "3/custom,456[]",
          "52-789[\"m\",{\"_placeholder\":true,\"num\":0},{\"_placeholder\":true,\"num\":1}]",
          "61-1[{\"_placeholder\":true,\"num\":0}]");

  @Test
  void socketIo() {
    Random random = new Random(42);
    int packets = 0;
    for (int i = 0; i < 60_000; i++) {
      String text = EngineFuzz.mutated(SEEDS.get(random.nextInt(SEEDS.size())), random);
      Packet packet = decode(new PacketDecoder(255), text);
      if (packet != null) {
        packets++;
        List<EnginePacket> encoded = PacketEncoder.encode(packet);
        PacketDecoder decoder = new PacketDecoder(255);
        Packet again = decoder.text(encoded.get(0).text());
        for (EnginePacket attachment : encoded.subList(1, encoded.size())) {
          again = decoder.binary(attachment.bytes());
        }
        assertThat(String.valueOf(again)).isEqualTo(String.valueOf(packet));
      }
    }
    assertThat(packets).isGreaterThan(3_000);
  }

  private static Packet decode(PacketDecoder decoder, String text) {
    try {
      Packet packet = decoder.text(text);
      for (int i = 0; packet == null; i++) {
        packet = decoder.binary(new byte[] {(byte) i});
      }
      return packet;
    } catch (MalformedPacketException e) {
      return null;
    }
  }
}
