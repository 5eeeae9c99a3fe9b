package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** R12: the group goes out of service. */
class DrainTest {

  private static final Duration LONG = Duration.ofMinutes(2);

  private static Thread drain(Wire wire) {
    Thread thread = new Thread(wire.group::drain);
    thread.start();
    return thread;
  }

  @Test
  void R12_every_connection_gets_1001_and_drain_returns_when_all_have_answered() throws Exception {
    RecordingHandler handler = new RecordingHandler();
    try (Wire wire = Wire.open(handler, WebSocketConfig.builder().drainTimeout(LONG))) {
      MemoryTransport otherTransport = new MemoryTransport();
      Connection other = Wire.connect(wire.group, otherTransport, new RecordingHandler());
      other.onStarted();
      other.onWritable();
      Thread draining = drain(wire);
      Await.until("Close frames", () -> !wire.socket.isOpen() && !other.isOpen());
      assertThat(wire.group.isDraining()).isTrue();
      assertThat(wire.sent()).containsExactly("close 1001 server shuts down");
      wire.receive(close(1001, ""));
      assertThat(draining.isAlive()).isTrue();
      otherTransport.arrive(close(1001, ""));
      other.onReadable();
      draining.join(20_000);
      assertThat(draining.isAlive()).isFalse();
      assertThat(handler.takeEvents()).containsExactly("open", "close 1001 by LOCAL clean");
    }
  }

  @Test
  void R12_those_that_do_not_answer_in_time_are_aborted() {
    List<RecordingHandler> handlers = new ArrayList<>();
    List<MemoryTransport> transports = new ArrayList<>();
    try (Wire wire =
        Wire.open(
            new RecordingHandler(),
            WebSocketConfig.builder().drainTimeout(Duration.ofMillis(50)).drainCode(1012))) {
      for (int i = 0; i < 100; i++) {
        RecordingHandler handler = new RecordingHandler();
        MemoryTransport transport = new MemoryTransport();
        Connection connection = Wire.connect(wire.group, transport, handler);
        connection.onStarted();
        if (i % 2 == 0) {
          connection.onWritable();
        }
        handlers.add(handler);
        transports.add(transport);
      }
      wire.group.drain();
      assertThat(wire.sent()).containsExactly("close 1012 server shuts down");
      assertThat(transports).allMatch(MemoryTransport::isClosed);
      assertThat(handlers)
          .allSatisfy(
              h -> assertThat(h.takeEvents()).containsExactly("open", "close 1006 by LOCAL"));
      assertThat(wire.group.connections()).isEmpty();
    }
  }

  @Test
  void R12_draining_with_no_time_ends_connections_at_once() {
    RecordingHandler handler = new RecordingHandler();
    try (Wire wire = Wire.open(handler, Wire.config().drainTimeout(Duration.ZERO))) {
      wire.group.drain();
      assertThat(handler.takeEvents()).containsExactly("open", "close 1006 by LOCAL");
    }
  }

  @Test
  void R12_a_handler_that_never_returns_does_not_hold_up_the_end() throws Exception {
    Object never = new Object();
    RecordingHandler stuck =
        new RecordingHandler() {
          @Override
          void text(WebSocket socket, String text) {
            synchronized (never) {
              note("got in");
            }
          }
        };
    try (Wire wire =
        Wire.open(stuck, WebSocketConfig.builder().drainTimeout(Duration.ofMillis(50)))) {
      Thread container = new Thread(() -> wire.receiveText("a"));
      synchronized (never) {
        container.start();
        Await.until("the message", () -> stuck.events().contains("text a"));
        wire.group.drain();
        assertThat(wire.transport.isClosed()).isTrue();
      }
      container.join();
      assertThat(stuck.takeEvents()).endsWith("got in", "close 1006 by LOCAL");
    }
  }

  @Test
  void R12_a_connection_that_comes_while_draining_is_closed_too() throws Exception {
    RecordingHandler handler = new RecordingHandler();
    try (Wire wire = Wire.open(handler, WebSocketConfig.builder().drainTimeout(LONG))) {
      Thread draining = drain(wire);
      Await.until("draining", wire.group::isDraining);
      MemoryTransport transport = new MemoryTransport();
      RecordingHandler lateHandler = new RecordingHandler();
      Connection late = Wire.connect(wire.group, transport, lateHandler);
      late.onStarted();
      late.onWritable();
      assertThat(transport.takeFrames()).containsExactly("close 1001 server shuts down");
      late.abort();
      wire.socket.abort();
      draining.join(20_000);
      assertThat(draining.isAlive()).isFalse();
      assertThat(lateHandler.takeEvents()).containsExactly("open", "close 1006 by LOCAL");
    }
  }

  @Test
  void R12_a_connection_that_comes_after_draining_is_ended_at_once() {
    try (Wire wire = Wire.open(new RecordingHandler(), Wire.config().drainTimeout(Duration.ZERO))) {
      wire.group.drain();
      MemoryTransport transport = new MemoryTransport();
      Connection late = Wire.connect(wire.group, transport, new RecordingHandler());
      late.onStarted();
      late.onWritable();
      assertThat(transport.isClosed()).isTrue();
      assertThat(wire.group.connections()).isEmpty();
    }
  }

  @Test
  void R12_no_thread_is_left() {
    Set<Thread> before = threads();
    Wire wire = Wire.open(new RecordingHandler(), WebSocketConfig.builder());
    wire.socket.abort(); // told by a worker
    wire.group.drain();
    wire.close();
    Await.until("threads to end", () -> before.containsAll(threads()));
  }

  /** The library's threads; other tests may have left some that are about to end. */
  private static Set<Thread> threads() {
    return Thread.getAllStackTraces().keySet().stream()
        .filter(thread -> thread.getName().startsWith("websocket-"))
        .collect(Collectors.toSet());
  }
}
