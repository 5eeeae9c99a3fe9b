package io.github.upgradehandler.socketio.internal.packet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.PacketType;
import io.github.upgradehandler.socketio.internal.engine.EnginePacket;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the server sends as packets of Socket.IO. */
class PacketEncoderTest {

  private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

  @Test
  void theMainNamespaceIsNotNamed() {
    ObjectNode sid = JSON.objectNode().put("sid", "x");

    assertThat(texts(new Packet(PacketType.CONNECT, "/", null, sid)))
        .containsExactly("0{\"sid\":\"x\"}");
  }

  @Test
  void aNamespaceEndsWithAComma() {
    ArrayNode event = JSON.arrayNode().add("a").add(1);

    assertThat(texts(new Packet(PacketType.EVENT, "/custom", 12L, event)))
        .containsExactly("2/custom,12[\"a\",1]");
    assertThat(texts(new Packet(PacketType.DISCONNECT, "/custom", null, null)))
        .containsExactly("1/custom,");
  }

  @Test
  void bytesAreAttachments() {
    ArrayNode event = JSON.arrayNode().add("a").add(new byte[] {1});
    event.addObject().put("b", new byte[] {2});

    List<EnginePacket> encoded =
        PacketEncoder.encode(new Packet(PacketType.EVENT, "/", null, event));

    assertThat(encoded.get(0).text())
        .isEqualTo(
            "52-[\"a\",{\"_placeholder\":true,\"num\":0},{\"b\":{\"_placeholder\":true,\"num\":1}}]");
    assertThat(encoded.get(1).bytes()).containsExactly(1);
    assertThat(encoded.get(2).bytes()).containsExactly(2);
    assertThat(event.get(1).isBinary()).isTrue();
  }

  @Test
  void anAcknowledgementMayHaveAttachments() {
    assertThat(
            texts(new Packet(PacketType.ACK, "/", 7L, JSON.arrayNode().add(new byte[] {1}))).get(0))
        .isEqualTo("61-7[{\"_placeholder\":true,\"num\":0}]");
  }

  @Test
  void clientsTakeTenAttachments() {
    ArrayNode event = JSON.arrayNode().add("a");
    for (int i = 0; i < 10; i++) {
      event.add(new byte[1]);
    }
    Packet packet = new Packet(PacketType.EVENT, "/", null, event);

    assertThat(PacketEncoder.encode(packet)).hasSize(11);
    event.add(new byte[1]);
    assertThatThrownBy(() -> PacketEncoder.encode(packet))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("11")
        .hasMessageContaining("10");
  }

  @Test
  void halfOfASurrogatePairIsEscaped() {
    ArrayNode event = JSON.arrayNode().add("a").add("\ud83d\ude00 \ud83d").add("\u001e");

    assertThat(texts(new Packet(PacketType.EVENT, "/", null, event)))
        .containsExactly("2[\"a\",\"\ud83d\ude00 \\ud83d\",\"\\u001E\"]");
  }

  private static List<String> texts(Packet packet) {
    return PacketEncoder.encode(packet).stream().map(EnginePacket::text).toList();
  }
}
