package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** One message to many connections, some of whose peers do not read. */
class BroadcastTest {

  private static final int SUBSCRIBERS = 1000;
  private static final int STALLED = 10;
  private static final int MESSAGES = 100;
  private static final int MESSAGE_BYTES = 10_000;

  @Test
  void R4_subscribers_that_stop_reading_delay_nobody_and_are_closed_at_their_bound() {
    List<MemoryTransport> transports = new ArrayList<>();
    try (Wire wire = Wire.open(new RecordingHandler())) {
      for (int i = 0; i < SUBSCRIBERS; i++) {
        MemoryTransport transport = new MemoryTransport();
        Connection subscriber = Wire.connect(wire.group, transport, new RecordingHandler());
        subscriber.onStarted();
        subscriber.onWritable();
        if (i < STALLED) {
          transport.takeWrites(1);
        }
        transports.add(transport);
      }
      PreparedMessage message = PreparedMessage.binary(ByteBuffer.allocate(MESSAGE_BYTES));
      List<MemoryTransport> reading = transports.subList(STALLED, SUBSCRIBERS);
      for (int i = 0; i < MESSAGES; i++) {
        for (WebSocket socket : wire.group.connections()) {
          socket.send(message);
        }
        assertThat(reading).allMatch(transport -> transport.takeFrames().size() == 1);
      }
      assertThat(wire.group.connections().stream().filter(socket -> !socket.isOpen()))
          .hasSize(STALLED)
          .allMatch(socket -> socket.bufferedBytes() < 600_000);
      assertThat(wire.group.connections()).hasSize(SUBSCRIBERS + 1);
      wire.pass(Duration.ofSeconds(10).plusMillis(250));
      assertThat(wire.group.connections()).hasSize(SUBSCRIBERS + 1 - STALLED);
      assertThat(transports.subList(0, STALLED)).allMatch(MemoryTransport::isClosed);
      for (MemoryTransport transport : transports) {
        assertThat(transport.breaches()).isEmpty();
      }
    }
  }
}
