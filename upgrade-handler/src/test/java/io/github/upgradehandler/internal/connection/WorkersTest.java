package io.github.upgradehandler.internal.connection;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.internal.work.WorkerPool;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.TimedGuard;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The library's own threads: how many, and what runs on which. */
class WorkersTest {

  private static final int PEERS = 800;
  private static final int MAX_THREADS = 64 + 8 + 8 + 1;

  private final CountDownLatch release = new CountDownLatch(1);
  private final Set<String> threads = ConcurrentHashMap.newKeySet();
  private final AtomicInteger told = new AtomicInteger();

  @AfterEach
  void release() {
    release.countDown();
  }

  /** Blocks in onClose, and notes on which thread. */
  private final class Blocking implements WebSocketHandler {
    @Override
    public void onClose(WebSocket socket, CloseEvent event) {
      threads.add(Thread.currentThread().getName());
      await(release);
      told.incrementAndGet();
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static List<MemoryTransport> connect(Wire wire, int count, WebSocketHandler handler) {
    List<MemoryTransport> transports = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      MemoryTransport transport = new MemoryTransport();
      Connection connection = Wire.connect(wire.group, transport, handler);
      connection.onStarted();
      connection.onWritable();
      transports.add(transport);
    }
    return transports;
  }

  @Test
  void R31_peers_that_fall_silent_at_once_are_all_ended_whatever_their_handlers_do() {
    try (Wire wire = Wire.open(new RecordingHandler(), WebSocketConfig.builder())) {
      List<MemoryTransport> transports = connect(wire, PEERS, new Blocking());
      wire.pass(Duration.ofSeconds(21)); // pings
      wire.pass(Duration.ofSeconds(21));
      Await.until(
          "every transport to be closed",
          () -> transports.stream().allMatch(MemoryTransport::isClosed));
      assertThat(threads.size()).isLessThanOrEqualTo(MAX_THREADS);
      release.countDown();
      Await.until("everyone to be told", () -> told.get() == PEERS);
      assertThat(threads).allMatch(name -> name.startsWith("websocket-worker-"));
    }
  }

  @Test
  void R28_a_full_executor_has_its_work_done_by_the_library_and_not_by_the_timer() {
    WebSocketConfig.Builder full =
        WebSocketConfig.builder()
            .executor(
                task -> {
                  throw new RejectedExecutionException("full");
                });
    SweepTimer deadlines = new SweepTimer();
    ConnectionGroup group =
        new ConnectionGroup(full.build(), deadlines, getClass().getClassLoader());
    CountDownLatch opened = new CountDownLatch(1);
    Set<String> openedOn = ConcurrentHashMap.newKeySet();
    Connection connection =
        Wire.connect(
            group,
            new MemoryTransport(),
            new WebSocketHandler() {
              @Override
              public void onOpen(WebSocket socket) {
                openedOn.add(Thread.currentThread().getName());
                opened.countDown();
              }
            });
    connection.onStarted();
    await(opened);
    assertThat(openedOn).allMatch(name -> name.startsWith("websocket-worker-"));
    group.drain();
    deadlines.close();
  }

  @Test
  void R28_a_guard_that_blocks_holds_up_no_deadline() {
    Guard blocking =
        new TimedGuard(
            now -> {
              threads.add(Thread.currentThread().getName());
              await(release);
            });
    WebSocketConfig.Builder config =
        WebSocketConfig.builder().guards(blocking).pingInterval(Duration.ofMillis(40));
    SweepTimer deadlines = new SweepTimer();
    ConnectionGroup group =
        new ConnectionGroup(config.build(), deadlines, getClass().getClassLoader());
    MemoryTransport transport = new MemoryTransport();
    Connection connection = Wire.connect(group, transport, new RecordingHandler());
    connection.onStarted();
    connection.onWritable();
    Await.until("the guard to block", () -> !threads.isEmpty());
    transport.takeFrames();
    Await.until("a ping", () -> !transport.takeFrames().isEmpty());
    release.countDown();
    connection.abort();
    group.drain();
    deadlines.close();
  }

  @Test
  void threads_take_over_nothing_from_whoever_starts_them() {
    InheritableThreadLocal<String> user = new InheritableThreadLocal<>();
    List<String> seen = Collections.synchronizedList(new ArrayList<>());
    WorkerPool pool = new WorkerPool("test", 1);
    user.set("alice");
    pool.execute(() -> seen.add(user.get() + " " + hasLibraryLoader()));
    user.remove();
    Await.until("the task", () -> !seen.isEmpty());
    pool.shutdown();
    assertThat(seen).containsExactly("null true");
  }

  private static boolean hasLibraryLoader() {
    return Thread.currentThread().getContextClassLoader() == WorkerPool.class.getClassLoader();
  }

  @Test
  void a_pool_uses_its_threads_again_and_has_no_more_than_it_may() {
    WorkerPool pool = new WorkerPool("test", 3);
    AtomicInteger done = new AtomicInteger();
    for (int i = 0; i < 100; i++) {
      pool.execute(
          () -> {
            await(release);
            done.incrementAndGet();
          });
    }
    assertThat(pool.size()).isEqualTo(3);
    release.countDown();
    Await.until("all tasks", () -> done.get() == 100);
    assertThat(pool.size()).isLessThanOrEqualTo(3);
    pool.shutdown();
    pool.execute(done::incrementAndGet);
    assertThat(done).as("after its end, on the caller's thread").hasValue(101);
  }
}
