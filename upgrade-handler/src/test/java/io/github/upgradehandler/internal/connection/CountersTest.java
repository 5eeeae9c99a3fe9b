package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.frame;
import static io.github.upgradehandler.testing.ClientFrames.ping;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What an group counts. */
class CountersTest {

  @Test
  void messages_and_bytes_in_both_directions() {
    RecordingHandler echo =
        new RecordingHandler() {
          @Override
          void text(WebSocket socket, String text) {
            socket.sendText(text);
          }
        };
    try (Wire wire = Wire.open(echo)) {
      Counters counters = wire.group.counters();
      wire.receive(text("hello"), ping("x"));
      assertThat(counters.messagesReceived()).isEqualTo(1);
      assertThat(counters.messagesSent()).isEqualTo(1);
      assertThat(counters.bytesReceived()).isEqualTo(6 + 5 + 6 + 1);
      assertThat(counters.bytesSent()).isEqualTo(2 + 5 + 2 + 1);
      wire.receive(frame(Opcode.BINARY, false, new byte[3]));
      assertThat(counters.messagesReceived()).isEqualTo(1);
      wire.receive(frame(Opcode.CONTINUATION, true, "end".getBytes(UTF_8)));
      assertThat(counters.messagesReceived()).isEqualTo(2);
    }
  }

  @Test
  void a_message_in_fragments_is_one_and_what_is_not_accepted_is_none() {
    try (Wire wire = Wire.open(new RecordingHandler())) {
      Counters counters = wire.group.counters();
      wire.socket.sendText("a", false);
      wire.socket.send(PreparedMessage.text("waits behind it"));
      wire.socket.sendText("b", true);
      assertThat(counters.messagesSent()).isEqualTo(2);
      assertThat(wire.sent()).hasSize(3);
      wire.socket.close();
      wire.socket.sendText("too late");
      assertThat(counters.messagesSent()).isEqualTo(2);
    }
  }

  @Test
  void connections_and_how_they_ended() {
    try (Wire wire = Wire.open(new RecordingHandler())) {
      Counters counters = wire.group.counters();
      Wire.connect(wire.group, new MemoryTransport(), new RecordingHandler()).abort();
      wire.receive(ClientFrames.close(4000, ""));
      assertThat(counters.connections()).isEqualTo(2);
      assertThat(counters.closedByCode()).isEqualTo(Map.of(1006, 1L, 4000, 1L));
    }
  }
}
