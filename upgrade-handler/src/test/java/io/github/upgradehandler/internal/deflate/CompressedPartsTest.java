package io.github.upgradehandler.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.spi.Role;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.Connections;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One small frame that inflates to many parts: they stop where the application stops. */
class CompressedPartsTest {

  private static final int MEBIBYTES = 32;

  private static final WebSocketConfig CONFIG =
      WebSocketConfig.builder()
          .compression(true)
          .maxMessageBytes(64 << 20)
          .executor(Runnable::run)
          .build();

  private final SweepTimer deadlines = new SweepTimer();
  private final ConnectionGroup group =
      new ConnectionGroup(CONFIG, deadlines, CompressedPartsTest.class.getClassLoader());
  private final MemoryTransport transport = new MemoryTransport();
  private final Parts parts = new Parts();
  private Connection connection;

  /** Counts, and does with each part what the test wants. */
  private static final class Parts implements PartialHandler {
    private int count;
    private long bytes;
    private boolean ended;
    private Consumer<WebSocket> each = socket -> {};

    @Override
    public void onTextPart(WebSocket socket, String part, boolean last) {
      throw new AssertionError("only binary comes");
    }

    @Override
    public void onBinaryPart(WebSocket socket, ByteBuffer part, boolean last) {
      count++;
      bytes += part.remaining();
      ended |= last;
      each.accept(socket);
    }
  }

  @BeforeEach
  void connect() {
    Extension extension = Negotiated.extension(Role.SERVER, CONFIG, "permessage-deflate");
    connection =
        Connections.connect(
            group, transport, new Handshake.Builder("/").build(), null, extension, parts);
    connection.onStarted();
    connection.onWritable();
  }

  @AfterEach
  void close() {
    connection.abort();
    deadlines.close();
  }

  private void receiveAll() {
    byte[] zeros = Bombs.zeros(MEBIBYTES);
    byte[] message = Arrays.copyOf(zeros, zeros.length - 4); // RFC 7692 section 7.2.1 step 3
    transport.arrive(Frames.ofClient(Frames.COMPRESSED_BINARY, message));
    connection.onReadable();
  }

  @Test
  void all_parts_come_if_nobody_stops_them() {
    receiveAll();
    assertThat(parts.bytes).isEqualTo((long) MEBIBYTES << 20);
    assertThat(parts.ended).isTrue();
  }

  @Test
  void pausing_holds_back_the_next_part() {
    parts.each = WebSocket::pause;
    receiveAll();
    assertThat(parts.count).isEqualTo(1);
    connection.resume();
    assertThat(parts.count).isEqualTo(2);
    parts.each = socket -> {};
    connection.resume();
    assertThat(parts.bytes).isEqualTo((long) MEBIBYTES << 20);
    assertThat(parts.ended).isTrue();
  }

  @Test
  void the_end_of_the_stream_comes_after_the_parts_that_were_held_back() {
    parts.each = WebSocket::pause;
    receiveAll();
    connection.onEnd(null);
    assertThat(transport.isClosed()).isFalse();
    parts.each = socket -> {};
    connection.resume();
    assertThat(parts.bytes).isEqualTo((long) MEBIBYTES << 20);
    assertThat(connection.whenClosed().toCompletableFuture()).isDone();
  }

  @Test
  void nothing_comes_after_abort_and_resuming_does_not_take_that_back() {
    parts.each =
        socket -> {
          socket.abort();
          socket.resume();
        };
    receiveAll();
    connection.resume();
    assertThat(parts.count).isEqualTo(1);
  }

  @Test
  void a_handler_that_throws_gets_no_more_and_is_logged_once() {
    parts.each =
        socket -> {
          throw new IllegalStateException("for the test");
        };
    try (CapturedLog log = new CapturedLog()) {
      receiveAll();
      assertThat(log.messages()).hasSize(1);
    }
    assertThat(parts.count).isEqualTo(1);
  }

  /** An array for the result could be too small for it. */
  @Test
  void what_is_larger_than_a_gibibyte_is_not_compressed(@TempDir Path directory)
      throws IOException {
    int length = MessageDeflater.LONGEST_PAYLOAD + 1;
    Extension extension = Negotiated.extension(Role.SERVER, CONFIG, "permessage-deflate");
    assertThat(extension.isWorthwhile(length - 1)).isTrue();
    assertThat(extension.isWorthwhile(length)).isFalse();
    Path sparse = directory.resolve("sparse");
    try (FileChannel file =
        FileChannel.open(
            sparse,
            StandardOpenOption.CREATE_NEW,
            StandardOpenOption.READ,
            StandardOpenOption.WRITE,
            StandardOpenOption.SPARSE)) {
      ByteBuffer large = file.map(FileChannel.MapMode.READ_WRITE, 0, length);
      var encoder = extension.newEncoder();
      assertThatThrownBy(() -> encoder.encode(large, true))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("1073741825");
      encoder.release();
    }
  }
}
