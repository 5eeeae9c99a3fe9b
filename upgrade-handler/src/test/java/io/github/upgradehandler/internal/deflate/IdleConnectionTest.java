package io.github.upgradehandler.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.MessageDecoder;
import io.github.upgradehandler.internal.protocol.MessageEncoder;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.spi.Role;
import io.github.upgradehandler.testing.Connections;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Without context takeover an idle connection that compresses costs as much as one that cannot. */
class IdleConnectionTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int CONNECTIONS = 300;
  private static final int RUNS = 5;
  private static final byte[] TEXT = Texts.compressible(4000, 17);

  private final SweepTimer deadlines = new SweepTimer();
  private final PermessageDeflate deflate = new PermessageDeflate(Negotiated.WITHOUT_TAKEOVER);
  private final Extension extension =
      Negotiated.extension(Role.SERVER, deflate, "permessage-deflate");

  @AfterEach
  void stop() {
    deadlines.close();
  }

  @Test
  void it_holds_no_codec_between_messages() {
    List<Connection> connections = new ArrayList<>();
    ConnectionGroup group = group();
    for (int i = 0; i < CONNECTIONS; i++) {
      MemoryTransport transport = new MemoryTransport();
      Connection connection =
          MemoryConnection.open(group, transport, extension, new WebSocketHandler() {});
      connections.add(connection);
      connection.sendBinary(ByteBuffer.wrap(TEXT));
      connection.sendBinary(ByteBuffer.wrap(TEXT), false);
      connection.sendBinary(ByteBuffer.wrap(TEXT), true);
      transport.arrive(
          Frames.masked(Frames.bytes("c1 07 f248cdc9c90700  41 03 f248cd  80 04 c9c90700")));
      connection.onReadable();
    }

    assertThat(deflate.liveCodecs()).as("a deflater and an inflater for all").isEqualTo(2);
    connections.forEach(connection -> connection.onEnd(null));
  }

  @Test
  void it_has_no_object_more() {
    long plain = Long.MAX_VALUE;
    long compressing = Long.MAX_VALUE;
    for (int run = 0; run < RUNS; run++) { // the first ones load classes
      plain = Math.min(plain, allocatedByOpening(null));
      compressing = Math.min(compressing, allocatedByOpening(extension));
    }

    // Less is no fault: the last run is the one that the JVM has compiled best.
    // An object has 16 bytes; a byte or two are of the endpoint's set, by chance.
    assertThat((compressing - plain) / CONNECTIONS).as("bytes for each").isLessThan(16);
  }

  /** With context takeover an encoder stays; what it was given and what it gave must not. */
  @Test
  void an_encoder_that_is_kept_keeps_no_message() {
    MessageEncoder encoder =
        Negotiated.extension(Role.SERVER, Negotiated.WITH_TAKEOVER, "permessage-deflate")
            .newEncoder();
    byte[] message = TEXT.clone();
    List<WeakReference<byte[]>> arrays = new ArrayList<>();
    arrays.add(new WeakReference<>(message));
    arrays.add(new WeakReference<>(encoder.encode(ByteBuffer.wrap(message), true).array()));
    message = null;

    assertCollected(arrays);
    assertThat(encoder.keepsContext()).isTrue();
    encoder.release();
  }

  /** Its bytes are of a buffer that others read into. */
  @Test
  void a_decoder_inside_of_a_message_keeps_no_bytes_of_it() throws Exception {
    MessageDecoder decoder = extension.newDecoder();
    byte[] bytes = Frames.bytes("f248cd");
    List<WeakReference<byte[]>> arrays = List.of(new WeakReference<>(bytes));
    decoder.decode(bytes, 0, bytes.length, false, (piece, offset, length, last) -> true);
    bytes = null;

    assertCollected(arrays);
    decoder.release();
  }

  @SuppressWarnings("ThreadPriorityCheck") // there is nothing to wait for but the collector
  private static void assertCollected(List<WeakReference<byte[]>> arrays) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (arrays.stream().anyMatch(array -> array.get() != null) && System.nanoTime() < end) {
      System.gc();
      Thread.yield();
    }
    assertThat(arrays).allMatch(array -> array.get() == null);
  }

  private long allocatedByOpening(Extension agreed) {
    ConnectionGroup group = group();
    MemoryTransport transport = new MemoryTransport();
    Handshake handshake = new Handshake.Builder("/").build();
    WebSocketHandler handler = new WebSocketHandler() {};
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < CONNECTIONS; i++) {
      Connections.connect(group, transport, handshake, null, agreed, handler);
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }

  private ConnectionGroup group() {
    return new ConnectionGroup(Negotiated.WITHOUT_TAKEOVER, deadlines, getClass().getClassLoader());
  }
}
