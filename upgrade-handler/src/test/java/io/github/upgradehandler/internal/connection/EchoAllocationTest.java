package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.testing.BottomlessTransport;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testing.Connections;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.stream.LongStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * To echo a binary message allocates nothing but the buffer that the handler is given: no object
 * for an event, a frame, a write or a lease, whether the just-in-time compiler has come by or not.
 */
class EchoAllocationTest {

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
  private static final int ECHOES = 200;

  private static final WebSocketHandler ECHO =
      new WebSocketHandler() {
        @Override
        public void onBinary(WebSocket socket, ByteBuffer payload) {
          socket.sendBinary(payload);
        }
      };

  @SuppressWarnings("unused") // so that it is allocated
  private volatile ByteBuffer given;

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 125, 126, 4096, 65_000})
  void an_echo_allocates_what_the_handler_is_given(int length) {
    byte[] payload = new byte[length];
    byte[] message = ClientFrames.binary(payload);
    try (SweepTimer deadlines = new SweepTimer()) {
      ConnectionGroup group =
          new ConnectionGroup(WebSocketConfig.defaults(), deadlines, getClass().getClassLoader());
      BottomlessTransport transport = new BottomlessTransport();
      Connection connection =
          Connections.connect(
              group, transport, new Handshake.Builder("/").build(), null, null, ECHO);
      connection.onStarted();
      connection.onWritable();

      Runnable echo = () -> transport.bring(connection, message);
      Runnable gift = () -> given = ByteBuffer.wrap(payload, 0, length);
      allocatedBy(echo); // loads classes, fills the pool
      allocatedBy(gift);
      assertThat(leastAllocatedBy(echo)).isLessThanOrEqualTo(leastAllocatedBy(gift));
      assertThat(transport.written()).isGreaterThan(2L * ECHOES * length);
      connection.abort();
    }
  }

  /**
   * A JVM that leaves optimised code for the interpreter makes the objects that this had spared,
   * which happens now and then, and never with {@code -XX:TieredStopAtLevel=1}.
   */
  private static long leastAllocatedBy(Runnable work) {
    return LongStream.range(0, 5).map(turn -> allocatedBy(work)).min().orElseThrow();
  }

  private static long allocatedBy(Runnable work) {
    long before = THREADS.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ECHOES; i++) {
      work.run();
    }
    return THREADS.getCurrentThreadAllocatedBytes() - before;
  }
}
