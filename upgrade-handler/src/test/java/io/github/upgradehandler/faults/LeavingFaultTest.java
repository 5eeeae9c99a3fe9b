package io.github.upgradehandler.faults;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.servlet.RawClient;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.ThreadTimes;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Peers that leave while something waits for them. */
@MethodSource("io.github.upgradehandler.faults.Container#secure")
class LeavingFaultTest extends FaultTest {

  private static final int PEERS = Integer.getInteger("leaving.peers", 5);

  /** How a peer leaves. */
  enum Leaving {
    RESET {
      @Override
      void leave(RawClient peer) throws IOException {
        peer.reset();
      }
    },
    /** With something unread: the kernel makes a reset of it. */
    CLOSE {
      @Override
      void leave(RawClient peer) throws IOException {
        peer.close();
      }
    },
    HALF_CLOSE {
      @Override
      void leave(RawClient peer) throws IOException {
        peer.finish();
      }
    };

    abstract void leave(RawClient peer) throws IOException;
  }

  /** What waits. */
  enum Waiting {
    ONE_BIG {
      @Override
      void send(WebSocket socket) {
        socket.send(SIXTEEN_MEBIBYTES);
      }
    },
    SOME {
      @Override
      void send(WebSocket socket) {
        for (int i = 0; i < 8; i++) {
          socket.send(SIXTY_KILOBYTES);
        }
      }
    },
    MANY {
      @Override
      void send(WebSocket socket) {
        for (int i = 0; i < 16; i++) {
          socket.send(ONE_MEBIBYTE);
        }
      }
    };

    private static final PreparedMessage SIXTEEN_MEBIBYTES = message(16 << 20);
    private static final PreparedMessage ONE_MEBIBYTE = message(1 << 20);
    private static final PreparedMessage SIXTY_KILOBYTES = message(60_000);

    private static PreparedMessage message(int length) {
      return PreparedMessage.binary(ByteBuffer.allocate(length));
    }

    abstract void send(WebSocket socket);
  }

  private static final class Sender extends RecordedEcho {
    @Override
    public void onText(WebSocket socket, String text) {
      if (text.equals("here")) {
        socket.sendText(text);
      } else {
        Waiting.valueOf(text).send(socket);
      }
    }
  }

  private final Sender sender = new Sender();

  LeavingFaultTest(Container container) {
    super(container);
  }

  private static Stream<Arguments> cases() {
    return Stream.of(Leaving.values())
        .flatMap(leaving -> Stream.of(Waiting.values()).map(what -> Arguments.of(leaving, what)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void R18_peers_that_leave_while_something_waits_for_them(Leaving leaving, Waiting waiting)
      throws Exception {
    ThreadTimes threads = new ThreadTimes();
    // Longer than a busy machine takes to read the first bytes: only those who left are to be
    // ended.
    serve(handshake -> sender, Map.of("outboundLimitBytes", "20000000", "sendTimeout", "1s"));
    try (CapturedLog log = CapturedLog.ofAll()) {
      for (int i = 0; i < PEERS; i++) {
        RawClient peer = connect(SMALL_WINDOW);
        peer.open();
        peer.send(text(waiting.name()));
        assertThat(peer.isBegun()).isTrue();
        leaving.leave(peer);
      }
      for (int i = 0; i < PEERS; i++) {
        assertThat(sender.nextClosed().code()).isEqualTo(1006);
      }
      RawClient other = open();
      other.send(text("here"));
      assertThat(other.next()).hasToString("text here");
      other.reset();
      sender.nextClosed();
      Await.until("TCP to end", () -> server.openConnections() == 0);
      threads.awaitRest();
      assertThat(log.warnings()).isEmpty();
    }
  }
}
