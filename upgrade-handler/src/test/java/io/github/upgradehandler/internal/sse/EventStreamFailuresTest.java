package io.github.upgradehandler.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Deadlines;
import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.internal.log.EndpointLog;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.internal.work.Workers;
import io.github.upgradehandler.room.Audience;
import io.github.upgradehandler.room.Backplane;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.Sneaky;
import io.github.upgradehandler.testkit.VirtualClock;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is left when something fails, comes too late or never ends: of event streams, nothing. */
@Timeout(60)
class EventStreamFailuresTest {

  private static final Duration STEP = Duration.ofMillis(250);
  private static final String CLIENT = "/news from a client";
  private static final Workers INLINE = new Workers(Runnable::run, Runnable::run);

  private final List<String> backplaneCalls = new ArrayList<>();
  private final AtomicBoolean lockHeld = new AtomicBoolean();
  private EventStreams streams;

  /** A backplane that looks at the streams, which blocks if a lock of theirs is held. */
  private final class Watching implements Backplane {
    @Override
    public void start(Receiver receiver) {}

    @Override
    public void publish(Audience channel, PreparedMessage message) {}

    @Override
    public void subscribe(Audience channel) {
      backplaneCalls.add("+ " + channel.name());
      openAnotherOnAnotherThread();
    }

    @Override
    public void unsubscribe(Audience channel) {
      backplaneCalls.add("- " + channel.name());
      openAnotherOnAnotherThread();
    }

    private void openAnotherOnAnotherThread() {
      Room other = new Rooms().room("other");
      Thread opening =
          new Thread(
              () ->
                  streams
                      .open(other, null, new MemoryOutput(), Admission.UNCONDITIONAL, CLIENT)
                      .end());
      opening.start();
      try {
        opening.join(10_000);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      if (opening.isAlive()) {
        lockHeld.set(true);
      }
    }
  }

  /** Takes everything at once, and lets the test run what goes on later. */
  private static final class Endless implements EventOutput {
    private final Queue<Runnable> later = new ArrayDeque<>();
    private Runnable onWrite = () -> {};
    private final AtomicInteger writes = new AtomicInteger();
    private volatile boolean closed;

    @Override
    public boolean isWritable() {
      return true;
    }

    @Override
    public void write(byte[] bytes) throws IOException {
      writes.incrementAndGet();
      onWrite.run();
    }

    @Override
    public void flush() {}

    @Override
    public Executor afterOthers() {
      return later::add;
    }

    @Override
    public void close() {
      closed = true;
    }
  }

  private final Rooms watched = Rooms.builder().backplane(new Watching()).build();
  private final Rooms rooms = new Rooms();
  private final Room room = rooms.room("news");
  private final EndpointLog endpointLog = EndpointLog.ofServlet("news");
  private final VirtualClock clock = new VirtualClock();
  private final SweepTimer deadlines = SweepTimer.byHand(clock);
  private final AtomicInteger released = new AtomicInteger();
  private final Admission counted = Admission.UNCONDITIONAL.withRelease(released::incrementAndGet);

  EventStreamFailuresTest() {
    streams = new EventStreams(EventStreamConfig.DEFAULT, deadlines, INLINE, endpointLog);
  }

  @AfterEach
  void close() {
    deadlines.close();
    assertThat(lockHeld).as("a backplane was called under a lock").isFalse();
  }

  private EventStream open(Room shown, EventOutput output) {
    EventStream stream = streams.open(shown, null, output, counted, CLIENT);
    stream.onWritable();
    return stream;
  }

  private void configure(Map<String, String> options) {
    streams = new EventStreams(config(options), deadlines, INLINE, endpointLog);
  }

  private void pass(Duration time) {
    for (Duration left = time; !left.isZero(); left = left.minus(STEP)) {
      clock.advance(STEP);
      streams.sweep();
    }
  }

  @Test
  void a_stream_that_cannot_be_opened_is_nowhere_left() {
    MemoryOutput output = new MemoryOutput();
    Room none = null;
    assertThatThrownBy(() -> streams.open(none, null, output, counted, CLIENT))
        .isInstanceOf(NullPointerException.class);
    assertThat(released).hasValue(1);
    assertThat(streams.size()).isZero();
    assertThat(streams.feeds()).isZero();
    assertThat(output.isClosed()).isTrue();
    streams.drain();
    assertThat(released).hasValue(1);
  }

  @Test
  void a_room_hears_of_a_history_once_and_without_a_lock() {
    EventStream one = open(watched.room("news"), new MemoryOutput());
    EventStream two = open(watched.room("news"), new MemoryOutput());
    one.end();
    two.end();
    pass(Duration.ofMinutes(2).plus(STEP));
    assertThat(backplaneCalls).containsExactly("+ news", "- news");
    streams.drain();
    assertThat(streams.feeds()).isZero();
  }

  @Test
  void what_opens_after_the_end_leaves_nothing() {
    streams.drain();
    MemoryOutput late = new MemoryOutput();
    streams.open(watched.room("news"), null, late, counted, CLIENT);
    assertThat(late.isClosed()).isTrue();
    assertThat(released).hasValue(1);
    assertThat(streams.size()).isZero();
    assertThat(streams.feeds()).isZero();
    assertThat(backplaneCalls).containsExactly("+ news", "- news");
  }

  @Test
  void histories_that_nobody_needs_are_bounded_and_the_oldest_goes_first() {
    configure(Map.of("maxHistories", "3"));
    MemoryOutput staying = new MemoryOutput();
    open(rooms.room("staying"), staying);
    Map<String, String> last = new HashMap<>();
    for (String name : List.of("a", "b", "c")) {
      MemoryOutput output = new MemoryOutput();
      EventStream stream = open(rooms.room(name), output);
      last.put(name, output.next().lines().filter(l -> l.startsWith("id:")).findFirst().get());
      stream.end();
    }
    assertThat(streams.feeds()).isEqualTo(3);
    for (String name : List.of("b", "a")) {
      rooms.room(name).send(PreparedMessage.text("missed"));
      MemoryOutput back = new MemoryOutput();
      streams
          .open(rooms.room(name), last.get(name).substring(3), back, counted, CLIENT)
          .onWritable();
      String text = back.next();
      assertThat(text.contains("event:gap")).isEqualTo(name.equals("a"));
      assertThat(text.contains("missed")).isEqualTo(name.equals("b"));
    }
    rooms.room("staying").send(PreparedMessage.text("for who stays"));
    assertThat(staying.next()).contains("for who stays");
  }

  @Test
  void rooms_that_clients_name_keep_no_more_than_the_default() {
    Rooms named = new Rooms();
    for (int i = 0; i < 3000; i++) {
      open(named.room("room " + i), new MemoryOutput()).end();
    }
    assertThat(streams.feeds()).isEqualTo(1000);
    assertThat(released).hasValue(3000);
  }

  @ParameterizedTest
  @ValueSource(classes = {OutOfMemoryError.class, IllegalStateException.class})
  void what_one_stream_or_guard_throws_stops_no_other(Class<? extends Throwable> kind)
      throws Exception {
    Throwable thrown = kind.getConstructor(String.class).newInstance("as the test wants");
    AtomicInteger looks = new AtomicInteger();
    Deadlines failing =
        now -> {
          looks.incrementAndGet();
          Sneaky.rethrow(thrown);
        };
    Endless broken = new Endless();
    MemoryOutput sound = new MemoryOutput();
    Admission throwing =
        Admission.UNCONDITIONAL.withRelease(
            () -> {
              released.incrementAndGet();
              Sneaky.rethrow(thrown);
            });
    try (CapturedLog log = new CapturedLog()) {
      streams.open(room, null, broken, throwing, CLIENT).onWritable();
      Deadlines too = now -> failing.check(now); // another, as of a second guard
      Admission timed = counted.withDeadlines(failing).withDeadlines(too);
      streams.open(room, null, sound, timed, CLIENT).onWritable();
      sound.next();
      broken.onWrite = () -> Sneaky.rethrow(thrown);
      pass(Duration.ofSeconds(20).plus(STEP));
      assertThat(sound.next()).isEqualTo(":\n\n");
      assertThat(looks).hasValue(162);
      assertThat(released).hasValue(1);
      assertThat(broken.closed).isTrue();
      assertThat(streams.size()).isEqualTo(1);
      assertThat(log.messages())
          .contains(
              "servlet 'news': the event stream for /news from a client has ended: writing failed:"
                  + " as the test wants")
          .contains("a guard failed to release what it remembers: as the test wants");
    }
    streams.drain();
    assertThat(released).hasValue(2);
  }

  /** What a client that reads at once is sent while it is being sent must not take the thread. */
  @Test
  void a_turn_of_writing_has_an_end() {
    configure(Map.of("outboundLimitBytes", "100000000"));
    Endless output = new Endless();
    open(room, output);
    output.onWrite = () -> room.send(PreparedMessage.text("on and on"));
    room.send(PreparedMessage.text("first"));
    assertThat(output.writes.get()).isBetween(10, 100);
    assertThat(output.later).hasSize(1);
    int before = output.writes.get();
    output.later.remove().run();
    assertThat(output.writes.get() - before).isBetween(10, 100);
    output.onWrite = () -> {};
    while (!output.later.isEmpty()) {
      output.later.remove().run();
    }
    streams.drain();
    assertThat(output.closed).isTrue();
  }

  @Test
  void a_process_that_was_stopped_ends_nobody() {
    MemoryOutput stalled = new MemoryOutput();
    EventStream stream = open(room, stalled);
    stalled.takes(1);
    room.send(PreparedMessage.text("one"));
    room.send(PreparedMessage.text("two"));
    pass(Duration.ofSeconds(9));
    clock.advance(Duration.ofSeconds(33));
    streams.sweep();
    pass(Duration.ofMillis(750));
    assertThat(stalled.isClosed()).isFalse();
    stalled.takes(1000);
    stream.onWritable();
    pass(Duration.ofSeconds(9));
    assertThat(stalled.next()).contains("data:two");
    stalled.takes(1);
    room.send(PreparedMessage.text("three"));
    room.send(PreparedMessage.text("four"));
    pass(Duration.ofSeconds(11));
    assertThat(stalled.isClosed()).as("time goes on").isTrue();
  }

  /** Neither the timer nor other streams wait for an application that blocks. */
  @Test
  void who_blocks_holds_up_no_deadline() throws Exception {
    CountDownLatch forEver = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Admission reluctant =
        Admission.UNCONDITIONAL
            .withDeadlines(
                now -> {
                  asked.incrementAndGet();
                  await(forEver);
                })
            .withRelease(() -> await(forEver));
    streams = new EventStreams(EventStreamConfig.DEFAULT, deadlines, endpointLog);
    Endless stalled = new Endless();
    streams.open(
        room, null, stalled, reluctant, CLIENT); // the container never says that it can write
    open(rooms.room("left"), new MemoryOutput()).end();
    Endless sound = new Endless();
    open(room, sound);
    assertThat(sound.writes).hasValue(1);
    pass(Duration.ofSeconds(20).plus(STEP));
    Await.until("a sign of life", () -> sound.writes.get() == 2);
    Await.until("the stalled one to go", () -> streams.size() == 1);
    pass(Duration.ofSeconds(100));
    Await.until("the history to be forgotten", () -> streams.feeds() == 1);
    Await.until("the output to be closed", () -> stalled.closed);
    Await.until("the guard to be asked", () -> asked.get() > 0);
    assertThat(asked).hasValue(1);
    forEver.countDown();
    streams.drain();
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static EventStreamConfig config(Map<String, String> options) {
    EventStreamConfig.Builder builder = EventStreamConfig.builder();
    options.forEach(builder::set);
    return builder.build();
  }
}
