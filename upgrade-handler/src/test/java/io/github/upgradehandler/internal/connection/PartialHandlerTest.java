package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.WebSocket;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Messages in parts, as they arrive. */
class PartialHandlerTest {

  private final List<String> parts = new ArrayList<>();
  private boolean pauseAfterPart;

  private final Wire wire = Wire.open(new Parts(), Wire.config().maxMessageBytes(1 << 20));

  private final class Parts implements PartialHandler {

    @Override
    public void onTextPart(WebSocket socket, String part, boolean last) {
      add(socket, "text " + part, last);
    }

    @Override
    public void onBinaryPart(WebSocket socket, ByteBuffer part, boolean last) {
      add(socket, "binary of " + part.remaining(), last);
    }

    private void add(WebSocket socket, String part, boolean last) {
      parts.add(part + (last ? "." : ""));
      if (pauseAfterPart) {
        socket.pause();
      }
    }

    @Override
    public void onText(WebSocket socket, String text) {
      parts.add("WHOLE");
    }

    @Override
    public void onBinary(WebSocket socket, ByteBuffer payload) {
      parts.add("WHOLE");
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      parts.add("error");
    }
  }

  @AfterEach
  void no_rule_of_the_transport_was_broken() {
    wire.close();
  }

  @Test
  void a_message_comes_as_the_network_delivers_it() {
    wire.receiveHex("8184 00000000 61");
    assertThat(parts).containsExactly("text a");
    wire.receiveHex("6263");
    wire.receiveHex("64 8280 00000000");
    assertThat(parts).containsExactly("text a", "text bc", "text d.", "binary of 0.");
  }

  @Test
  void a_code_point_is_never_cut() {
    byte[] euro = text("a\u20ac");
    for (byte b : euro) {
      wire.receive(new byte[] {b});
    }
    assertThat(String.join("", parts)).isEqualTo("text atext \u20ac.");
  }

  @Test
  void a_message_larger_than_any_buffer_is_not_collected() {
    wire.receiveHex("82ff 00000000000c3500 00000000");
    for (int i = 0; i < 8; i++) {
      wire.receive(new byte[100_000]);
    }
    assertThat(parts).hasSizeGreaterThanOrEqualTo(8).last().asString().endsWith(".");
    assertThat(parts.stream().mapToInt(p -> Integer.parseInt(p.replaceAll("\\D", ""))).sum())
        .isEqualTo(800_000);
  }

  @Test
  void the_sum_of_the_parts_is_bounded_all_the_same() {
    wire.receiveHex("02ff 0000000000080000 00000000");
    for (int i = 0; i < 8; i++) {
      wire.receive(new byte[1 << 16]);
    }
    wire.receiveHex("80ff 0000000000080001 00000000");
    assertThat(wire.sent())
        .containsExactly("close 1009 message too big: maxMessageBytes is 1048576");
  }

  @Test
  void R3_pause_stops_between_the_parts_of_a_message() {
    pauseAfterPart = true;
    wire.receiveHex("0181 00000000 61  8081 00000000 62  8181 00000000 63");
    assertThat(parts).containsExactly("text a");
    wire.socket.resume();
    assertThat(parts).containsExactly("text a", "text b.");
    wire.socket.resume();
    assertThat(parts).containsExactly("text a", "text b.", "text c.");
  }
}
