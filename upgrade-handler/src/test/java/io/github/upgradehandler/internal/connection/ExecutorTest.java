package io.github.upgradehandler.internal.connection;

import static io.github.upgradehandler.testing.ClientFrames.close;
import static io.github.upgradehandler.testing.ClientFrames.text;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Which thread handlers run on, and with which class loader. */
class ExecutorTest {

  private final ExecutorService pool =
      Executors.newFixedThreadPool(4, task -> new Thread(task, "application"));
  private final CountDownLatch release = new CountDownLatch(1);

  @AfterEach
  void stop() throws InterruptedException {
    release.countDown();
    pool.shutdownNow();
    assertThat(pool.awaitTermination(10, SECONDS)).isTrue();
  }

  /** Blocks at "block", and says where it runs. */
  private final class Blocking extends RecordingHandler {
    @Override
    void text(WebSocket socket, String text) {
      note(Thread.currentThread().getName());
      if (text.equals("block")) {
        try {
          release.await();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    }
  }

  @Test
  void R11_a_handler_that_blocks_holds_up_neither_the_container_nor_other_connections() {
    Blocking blocked = new Blocking();
    Blocking free = new Blocking();
    try (Wire wire = Wire.open(blocked, WebSocketConfig.builder().executor(pool))) {
      wire.receive(text("block"), text("b"));
      wire.receive(text("c")); // this thread is the container's, and it comes back
      MemoryTransport transport = new MemoryTransport();
      Connection other = Wire.connect(wire.group, transport, free);
      other.onStarted();
      transport.arrive(text("a"));
      other.onReadable();
      Await.until("the other's message", () -> free.events().contains("text a"));
      assertThat(blocked.events()).doesNotContain("text b");
      release.countDown();
      Await.until("the rest", () -> blocked.events().contains("text c"));
      assertThat(blocked.takeEvents())
          .containsExactly(
              "open",
              "text block",
              "application",
              "text b",
              "application",
              "text c",
              "application");
    }
  }

  @Test
  void the_container_s_thread_that_brings_the_last_Close_frame_ends_TCP_itself() {
    RecordingHandler handler = new RecordingHandler();
    try (Wire wire = Wire.open(handler, WebSocketConfig.builder())) {
      wire.receive(close(1000, ""));
      assertThat(wire.transport.isClosed()).isTrue();
      assertThat(handler.takeEvents()).containsExactly("open", "close 1000 by REMOTE clean");
    }
  }

  @Test
  void R11_without_an_executor_the_container_s_thread_runs_the_handler() {
    RecordingHandler handler = new Blocking();
    try (Wire wire = Wire.open(handler, WebSocketConfig.builder())) {
      wire.receive(text("a"));
      assertThat(handler.takeEvents())
          .containsExactly("open", "text a", Thread.currentThread().getName());
    }
  }

  @Test
  void what_the_library_finds_by_itself_is_told_on_a_thread_of_its_own() {
    RecordingHandler handler = new Blocking();
    try (Wire wire = Wire.open(handler, WebSocketConfig.builder())) {
      wire.socket.pause();
      wire.receive(text("a"));
      wire.socket.resume();
      Await.until("the message", () -> handler.events().size() == 3);
      assertThat(handler.takeEvents()).last().asString().startsWith("websocket-worker-");
    }
  }

  @Test
  void messages_are_handled_one_at_a_time_and_in_order_whichever_thread_comes() {
    int messages = 20_000;
    RecordingHandler handler = new RecordingHandler();
    List<String> expected = new ArrayList<>(List.of("open"));
    try (Wire wire = Wire.open(handler, WebSocketConfig.builder().executor(pool))) {
      for (int i = 0; i < messages; i++) {
        wire.receive(text(Integer.toString(i)));
        expected.add("text " + i);
      }
      Await.until("all", () -> handler.events().size() > messages);
      assertThat(handler.takeEvents()).isEqualTo(expected);
    }
  }

  @Test
  void an_executor_that_is_shut_down_does_not_lose_the_end_of_a_connection() {
    RecordingHandler handler = new RecordingHandler();
    try (Wire wire = Wire.open(handler, WebSocketConfig.builder().executor(pool))) {
      Await.until("open", () -> handler.events().contains("open"));
      pool.shutdown();
      wire.reset();
      assertThat(handler.takeEvents()).endsWith("close 1006 by TRANSPORT");
    }
  }

  @Test
  void handlers_see_the_application_s_class_loader_and_threads_get_theirs_back() {
    List<ClassLoader> seen = new ArrayList<>();
    RecordingHandler handler =
        new RecordingHandler() {
          @Override
          void opened(WebSocket socket) {
            seen.add(Thread.currentThread().getContextClassLoader());
          }

          @Override
          void text(WebSocket socket, String text) {
            seen.add(Thread.currentThread().getContextClassLoader());
            throw new IllegalStateException("as the test wants");
          }

          @Override
          void closed(WebSocket socket, CloseEvent event) {
            seen.add(Thread.currentThread().getContextClassLoader());
          }
        };
    ClassLoader container = new ClassLoader(null) {};
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(container);
    try (var log = new CapturedLog();
        Wire wire = Wire.open(handler)) {
      wire.receive(text("a"));
      wire.reset();
      assertThat(thread.getContextClassLoader()).isSameAs(container);
      assertThat(log.messages()).hasSize(1);
    } finally {
      thread.setContextClassLoader(before);
    }
    assertThat(seen).hasSize(3).containsOnly(Wire.class.getClassLoader());
  }
}
