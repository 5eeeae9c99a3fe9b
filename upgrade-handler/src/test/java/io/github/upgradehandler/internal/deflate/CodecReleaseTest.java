package io.github.upgradehandler.internal.deflate;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.connection.Connection;
import io.github.upgradehandler.internal.connection.ConnectionGroup;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.spi.Role;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** However a connection ends, its codecs come back. Fault R13. */
@Timeout(60)
class CodecReleaseTest {

  private static final Logger LOG = Logger.getLogger("io.github.upgradehandler");
  private static final int ENDINGS_TOGETHER = 10_000;
  private static final int AT_ONCE = 50;
  private static final int MAX_POOLED = 2 * 2 * Runtime.getRuntime().availableProcessors();
  private static final byte[] TEXT = Texts.compressible(4000, 13);
  private static final byte[] BEGINNING = Frames.ofClient(0x42, Frames.bytes("f248cd"));
  private static final byte[] CLOSE = Frames.ofClient(0x88, new byte[0]);

  /** Ways to end a connection that is in the middle of a message in either direction. */
  enum Ending {
    RESET {
      @Override
      void apply(Live live) {
        live.connection.onEnd(new IOException("connection reset by peer"));
      }
    },
    END_OF_STREAM {
      @Override
      void apply(Live live) {
        live.connection.onEnd(null);
      }
    },
    ABORT {
      @Override
      void apply(Live live) {
        live.connection.abort();
      }
    },
    FAILED_WRITE {
      @Override
      void apply(Live live) {
        live.transport.failWrites(new IOException("connection reset by peer"));
        live.connection.sendBinary(ByteBuffer.wrap(TEXT), false);
      }
    },
    CLOSED_BY_PEER {
      @Override
      void apply(Live live) {
        live.receive(CLOSE);
      }
    },
    CLOSED_HERE {
      @Override
      void apply(Live live) {
        live.connection.close();
        live.receive(CLOSE);
      }
    },
    MALFORMED_MESSAGE {
      @Override
      void apply(Live live) {
        live.receive(Frames.ofClient(0x80, new byte[] {7}));
        live.receive(CLOSE);
      }
    },
    BOMB {
      @Override
      void apply(Live live) {
        live.receive(Frames.ofClient(0x80, Frames.join(Frames.bytes("c9c90700"), Bombs.zeros(1))));
        live.receive(CLOSE);
      }
    },
    HANDLER_EXCEPTION {
      @Override
      void apply(Live live) {
        live.receive(Frames.ofClient(0x80, Frames.bytes("c9c90700")));
        live.receive(CLOSE);
      }
    },
    STALLED_PEER {
      @Override
      void apply(Live live) {
        live.transport.takeWrites(0);
        live.connection.sendBinary(ByteBuffer.wrap(TEXT), false);
        live.connection.onEnd(new IOException("connection reset by peer"));
      }
    };

    abstract void apply(Live live);
  }

  private final SweepTimer deadlines = new SweepTimer();
  private final ConnectionGroup group = group(Negotiated.WITH_TAKEOVER);

  /** Thousands of expected failures. */
  @BeforeEach
  void silence() {
    LOG.setLevel(Level.OFF);
  }

  @AfterEach
  void stop() {
    LOG.setLevel(null);
    deadlines.close();
  }

  /** A connection, what carries its bytes, and whether it has ended. */
  private static final class Live implements WebSocketHandler {
    final MemoryTransport transport = new MemoryTransport();
    final CountDownLatch ended;
    final Connection connection;

    Live(ConnectionGroup group, PermessageDeflate deflate, CountDownLatch ended) {
      this.ended = ended;
      connection =
          MemoryConnection.open(
              group,
              transport,
              Negotiated.extension(Role.SERVER, deflate, "permessage-deflate"),
              this);
    }

    /** Leaves it in the middle of a message in either direction. */
    void begin() {
      connection.sendBinary(ByteBuffer.wrap(TEXT), false);
      receive(BEGINNING);
    }

    void receive(byte[] bytes) {
      transport.arrive(bytes.clone());
      connection.onReadable();
    }

    @Override
    public void onBinary(WebSocket socket, ByteBuffer payload) {
      socket.sendBinary(payload, false);
      throw new ExpectedException();
    }

    @Override
    public void onClose(WebSocket socket, CloseEvent event) {
      ended.countDown();
    }
  }

  /** Thrown by a handler: its stack trace would fill the log. */
  private static final class ExpectedException extends RuntimeException {
    ExpectedException() {
      super("expected by this test", null, false, false);
    }
  }

  @ParameterizedTest
  @EnumSource(Ending.class)
  void codecs_come_back_with_context_takeover(Ending ending) throws Exception {
    codecsComeBack(ending, Negotiated.WITH_TAKEOVER);
  }

  @ParameterizedTest
  @EnumSource(Ending.class)
  void codecs_come_back_without_context_takeover(Ending ending) throws Exception {
    codecsComeBack(ending, Negotiated.WITHOUT_TAKEOVER);
  }

  private void codecsComeBack(Ending ending, WebSocketConfig config) throws Exception {
    PermessageDeflate deflate = new PermessageDeflate(config);
    int endings = ENDINGS_TOGETHER / (2 * Ending.values().length);
    for (int done = 0; done < endings; done += AT_ONCE) {
      CountDownLatch ended = new CountDownLatch(AT_ONCE);
      List<Live> live = new ArrayList<>();
      for (int i = 0; i < AT_ONCE; i++) {
        live.add(new Live(group, deflate, ended));
      }
      live.forEach(Live::begin);
      assertThat(deflate.liveCodecs()).as("in use").isEqualTo(2 * AT_ONCE);

      live.forEach(ending::apply);

      assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
      Await.until("closed", () -> live.stream().allMatch(each -> each.transport.isClosed()));
      assertThat(deflate.liveCodecs()).as("in the pool").isLessThanOrEqualTo(MAX_POOLED);
    }
    deflate.close();
    assertThat(deflate.liveCodecs()).isZero();
  }

  @Test
  void a_deadline_frees_them_too() throws Exception {
    WebSocketConfig config =
        WebSocketConfig.builder()
            .compression(true)
            .compressionThreshold(0)
            .compressionContextTakeover(true)
            .sendTimeout(Duration.ofMillis(50))
            .build();
    PermessageDeflate deflate = new PermessageDeflate(config);
    CountDownLatch ended = new CountDownLatch(AT_ONCE);
    ConnectionGroup impatient = group(config);
    for (int i = 0; i < AT_ONCE; i++) {
      Live live = new Live(impatient, deflate, ended);
      live.begin();
      live.transport.takeWrites(0);
      live.connection.sendBinary(ByteBuffer.wrap(TEXT), false);
    }

    assertThat(ended.await(10, TimeUnit.SECONDS)).isTrue();
    assertThat(deflate.liveCodecs()).isLessThanOrEqualTo(MAX_POOLED);
  }

  /** Closing for too slow a reader is in the middle of a send. */
  @Test
  void an_overflow_frees_the_deflater() {
    PermessageDeflate deflate = new PermessageDeflate(Negotiated.WITH_TAKEOVER);
    Live live = new Live(group, deflate, new CountDownLatch(1));
    live.begin();
    live.transport.takeWrites(0);
    byte[] noise = Texts.incompressible(100_000, 1);
    while (live.connection.isOpen()) {
      live.connection.sendBinary(ByteBuffer.wrap(noise), false);
    }
    live.connection.onEnd(null);
    deflate.close();

    assertThat(deflate.liveCodecs()).isZero();
  }

  private ConnectionGroup group(WebSocketConfig config) {
    return new ConnectionGroup(config, deadlines, getClass().getClassLoader());
  }
}
