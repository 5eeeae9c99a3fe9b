package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.testing.BottomlessTransport;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testing.Connections;
import io.github.upgradehandler.testing.HeapHistogram;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/**
 * The heap that the library itself takes for a connection, without a container: the objects that
 * every one has, as the JVM counts them. The bounds are what is reached and a twentieth.
 */
class MemoryPerConnectionTest {

  private static final int CONNECTIONS = 10_000;
  private static final int WARM_UP = 1000;

  private static final Random RANDOM = new Random(1);

  private static final WebSocketHandler ECHO =
      new WebSocketHandler() {
        @Override
        public void onText(WebSocket socket, String text) {
          socket.sendText(text);
        }
      };

  /** What a browser sends. */
  private static Handshake browserHandshake() {
    String random = Long.toHexString(RANDOM.nextLong() | Long.MIN_VALUE);
    return new Handshake.Builder("/chat/" + random)
        .header("Host", "chat.example.test " + random)
        .header("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Firefox/140.0 " + random)
        .header("Accept", "*/*" + random)
        .header("Accept-Language", "en-US,en;q=0.5" + random)
        .header("Accept-Encoding", "gzip, deflate, br, zstd" + random)
        .header("Sec-WebSocket-Version", "13" + random)
        .header("Origin", "https://chat.example.test" + random)
        .header("Sec-WebSocket-Extensions", "permessage-deflate" + random)
        .header("Sec-WebSocket-Key", "dGhlIHNhbXBsZSBub25jZQ==" + random)
        .header("Cookie", "JSESSIONID=" + random + random)
        .header("Connection", "keep-alive, Upgrade" + random)
        .header("Upgrade", "websocket" + random)
        .cookies(Map.of("JSESSIONID", random + random))
        .sessionId(random)
        .build();
  }

  @Test
  void an_idle_connection_takes_little() {
    Handshake shared = new Handshake.Builder("/").build();
    byte[] hello = ClientFrames.text("hello");
    assertHeap("a handshake like a browser's", 1470, () -> browserHandshake());
    try (SweepTimer deadlines = new SweepTimer()) {
      ConnectionGroup group =
          new ConnectionGroup(WebSocketConfig.defaults(), deadlines, getClass().getClassLoader());
      assertHeap("a connection", 924, () -> open(group, shared));
      assertHeap(
          "a connection after an echo",
          924,
          () -> {
            BottomlessTransport transport = new BottomlessTransport();
            Connection connection = open(group, shared, transport);
            transport.bring(connection, hello);
            return connection;
          });
      group.connections().forEach(WebSocket::abort);
    }
  }

  private static Connection open(ConnectionGroup group, Handshake handshake) {
    return open(group, handshake, new BottomlessTransport());
  }

  private static Connection open(
      ConnectionGroup group, Handshake handshake, BottomlessTransport transport) {
    Connection connection = Connections.connect(group, transport, handshake, null, null, ECHO);
    connection.onStarted();
    connection.onWritable();
    return connection;
  }

  private static void assertHeap(String what, long bound, Supplier<Object> maker) {
    assumeTrue(HeapHistogram.hasCompressedReferences(), "bounds are for references of 4 bytes");
    List<Object> kept = new ArrayList<>(WARM_UP + CONNECTIONS);
    for (int i = 0; i < WARM_UP; i++) {
      kept.add(maker.get());
    }
    HeapHistogram before = HeapHistogram.now();
    for (int i = 0; i < CONNECTIONS; i++) {
      kept.add(maker.get());
    }
    HeapHistogram grown = HeapHistogram.now().minus(before).dividedBy(CONNECTIONS);
    System.out.println("heap of " + what + ": " + grown.bytes() + " bytes");
    assertThat(kept).hasSize(WARM_UP + CONNECTIONS);
    assertThat(grown.bytes()).as("%s:%n%s", what, grown).isLessThanOrEqualTo(bound).isPositive();
  }
}
