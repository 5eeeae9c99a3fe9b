package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.ping;
import static io.github.upgradehandler.testing.ClientFrames.pong;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.ObservedFrame;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.frame.Opcode;
import io.github.upgradehandler.internal.message.MessageEncoding;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.MessageDecoder;
import io.github.upgradehandler.internal.protocol.MessageEncoder;
import io.github.upgradehandler.internal.work.Cork;
import io.github.upgradehandler.spi.Transport;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.ClientFrames;
import io.github.upgradehandler.testing.Connections;
import io.github.upgradehandler.testing.Sneaky;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever is called may throw whatever there is: every other connection goes on, deadlines run,
 * nothing is held back, and the end is told once.
 */
class AnythingThrownTest {

  /** What is called when it throws, once. */
  enum Place {
    EXECUTOR,
    READ,
    IS_WRITABLE,
    WRITE,
    FLUSH,
    CLOSE,
    ON_OPEN,
    ON_TEXT,
    ON_BINARY,
    ON_PING,
    ON_PONG,
    ON_DRAIN,
    ON_ERROR,
    ON_CLOSE,
    ON_FRAME,
    WHEN_SENT,
    WHEN_CLOSED,
    GUARD,
    ENCODER,
    DECODER
  }

  private static final List<Supplier<Throwable>> THROWN =
      List.of(
          () -> new OutOfMemoryError("for the test"),
          () -> new StackOverflowError("for the test"),
          () -> new NoClassDefFoundError("for the test"),
          () -> new IllegalStateException("for the test"));

  static Stream<Arguments> placesAndThrown() {
    return Arrays.stream(Place.values())
        .flatMap(
            place -> THROWN.stream().map(made -> Arguments.of(place, made.get().getClass(), made)));
  }

  private Place place;
  private Supplier<Throwable> made;
  private volatile boolean thrown;

  private final RecordingHandler otherHandler =
      new RecordingHandler() {
        @Override
        void text(WebSocket socket, String text) {
          socket.sendText(text);
        }
      };
  private final Told told = new Told();
  private final ThrowingTransport transport = new ThrowingTransport();
  private final Admission guarded =
      Admission.UNCONDITIONAL.withDeadlines(now -> mayThrow(Place.GUARD));
  private Wire wire;
  private Connection faulty;

  private final CapturedLog log = new CapturedLog();

  @BeforeEach
  void open() {
    wire =
        Wire.open(otherHandler, Wire.config().executor(this::execute).guards(handshake -> guarded));
    wire.sent();
  }

  @AfterEach
  void closeAll() {
    wire.close();
    log.close();
  }

  @ParameterizedTest(name = "{0} {1}")
  @MethodSource("placesAndThrown")
  void R29_anything_thrown_anywhere(Place where, Class<?> type, Supplier<Throwable> what) {
    made = what;
    faulty =
        Connections.connect(
            wire.group,
            transport,
            new Handshake.Builder("/").build(),
            null,
            where == Place.ENCODER || where == Place.DECODER ? new ThrowingExtension() : null,
            where == Place.ON_FRAME ? told.new Observing() : told);
    place = where;
    provoke();
    Await.until("the throw", () -> thrown); // of a stage's action on a thread of its own
    assertOthersGoOn();
    assertDeadlinesRun();
    assertTheEndIsToldOnce();
  }

  /** Everything that calls everything, on one thread. */
  private void provoke() {
    faulty.whenClosed().thenRun(() -> mayThrow(Place.WHEN_CLOSED));
    faulty.onStarted();
    faulty.onWritable();
    faulty.whenSent().thenRun(() -> mayThrow(Place.WHEN_SENT));
    receive(text("hello"));
    receive(ClientFrames.frame(Opcode.BINARY, true, new byte[3]));
    receive(ping("p"));
    receive(pong(new byte[] {1}));
    if (place == Place.DECODER) {
      receive(ClientFrames.hex("c182 00000000 6161"));
    }
    transport.memory.takeWrites(1);
    faulty.sendBinary(new byte[70_000]);
    transport.memory.takeAllWrites();
    faulty.onWritable();
    wire.pass(Duration.ofSeconds(1));
    if (place == Place.ON_ERROR) {
      faulty.onEnd(new IOException("reset"));
    }
    receive(close(1000, ""));
    faulty.onEnd(null);
  }

  private void receive(byte[] bytes) {
    transport.memory.arrive(bytes);
    faulty.onReadable();
  }

  private void assertOthersGoOn() {
    wire.receiveText("other");
    assertThat(wire.sent()).contains("text other");
    MemoryTransport third = new MemoryTransport();
    Connection next = Wire.connect(wire.group, third, otherHandler);
    next.onStarted();
    next.onWritable();
    third.arrive(text("third"));
    next.onReadable();
    assertThat(third.takeFrames()).contains("text third");
    next.abort();
    assertThat(Cork.current()).as("what this thread holds back").isNull();
  }

  private void assertDeadlinesRun() {
    wire.sent();
    wire.pass(Duration.ofSeconds(21));
    assertThat(wire.sent()).as("a ping of the heartbeat").hasSize(1);
    wire.pass(Duration.ofSeconds(21));
    assertThat(wire.transport.isClosed()).as("ended, since no pong came").isTrue();
  }

  private void assertTheEndIsToldOnce() {
    wire.pass(Duration.ofMinutes(1));
    assertThat(told.closed).as("onClose").isEqualTo(1);
    assertThat(faulty.whenClosed().toCompletableFuture()).isDone();
    assertThat(wire.group.connections()).isEmpty();
    assertThat(transport.memory.isClosed() || place == Place.CLOSE).isTrue();
    long before = System.nanoTime();
    wire.group.drain();
    assertThat(Duration.ofNanos(System.nanoTime() - before)).isLessThan(Duration.ofSeconds(5));
  }

  private void mayThrow(Place here) {
    if (place == here && !thrown) {
      thrown = true;
      Sneaky.rethrow(made.get());
    }
  }

  private void execute(Runnable task) {
    mayThrow(Place.EXECUTOR);
    task.run();
  }

  /** Throws where it is to, and counts how often the end is told. */
  private class Told implements WebSocketHandler {

    private int closed;

    @Override
    public void onOpen(WebSocket socket) {
      mayThrow(Place.ON_OPEN);
    }

    @Override
    public void onText(WebSocket socket, String text) {
      mayThrow(Place.ON_TEXT);
      socket.sendText(text);
    }

    @Override
    public void onBinary(WebSocket socket, ByteBuffer payload) {
      mayThrow(Place.ON_BINARY);
    }

    @Override
    public void onPing(WebSocket socket, ByteBuffer payload) {
      mayThrow(Place.ON_PING);
    }

    @Override
    public void onPong(WebSocket socket, ByteBuffer payload) {
      mayThrow(Place.ON_PONG);
    }

    @Override
    public void onDrain(WebSocket socket) {
      mayThrow(Place.ON_DRAIN);
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      mayThrow(Place.ON_ERROR);
    }

    @Override
    public void onClose(WebSocket socket, CloseEvent event) {
      closed++;
      mayThrow(Place.ON_CLOSE);
    }

    private final class Observing extends Told implements FrameObserver {

      @Override
      public void onFrame(WebSocket socket, ObservedFrame frame) {
        mayThrow(Place.ON_FRAME);
      }

      @Override
      public void onClose(WebSocket socket, CloseEvent event) {
        Told.this.onClose(socket, event);
      }
    }
  }

  private final class ThrowingTransport implements Transport {

    private final MemoryTransport memory = new MemoryTransport();

    @Override
    public int read(byte[] buffer) throws IOException {
      mayThrow(Place.READ);
      return memory.read(buffer);
    }

    @Override
    public boolean isWritable() throws IOException {
      mayThrow(Place.IS_WRITABLE);
      return memory.isWritable();
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
      mayThrow(Place.WRITE);
      memory.write(bytes, offset, length);
    }

    @Override
    public void flush() throws IOException {
      mayThrow(Place.FLUSH);
      memory.flush();
    }

    @Override
    public void close() {
      mayThrow(Place.CLOSE);
      memory.close();
    }
  }

  /** Transforms nothing, where it does not throw. */
  private final class ThrowingExtension implements Extension {

    @Override
    public int reservedBits() {
      return 0x40;
    }

    @Override
    public long maxGrowth(long originalBytes) {
      return 0;
    }

    @Override
    public MessageDecoder newDecoder() {
      return new ThrowingCodec();
    }

    @Override
    public MessageEncoder newEncoder() {
      return new ThrowingCodec();
    }

    @Override
    public boolean isWorthwhile(int originalBytes) {
      return true;
    }

    @Override
    public @Nullable MessageEncoding sharedEncoding() {
      return null;
    }
  }

  private final class ThrowingCodec implements MessageDecoder, MessageEncoder {

    @Override
    public boolean decode(byte[] bytes, int offset, int length, boolean last, Output output) {
      mayThrow(Place.DECODER);
      return true;
    }

    @Override
    public boolean resume(Output output) {
      return true;
    }

    @Override
    public ByteBuffer encode(ByteBuffer payload, boolean last) {
      mayThrow(Place.ENCODER);
      return payload;
    }

    @Override
    public boolean keepsContext() {
      return false;
    }

    @Override
    public void release() {}
  }
}
