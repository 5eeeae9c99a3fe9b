package io.github.upgradehandler.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Deadlines;
import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.internal.log.EndpointLog;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.internal.work.Workers;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.testing.Await;
import io.github.upgradehandler.testkit.VirtualClock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of a room, with time and outputs that do what the test says. */
@Timeout(20)
class EventStreamsTest {

  private static final Duration STEP = Duration.ofMillis(250);
  private static final String CLIENT = "/news from a client";
  private static final Workers INLINE = new Workers(Runnable::run, Runnable::run);

  private final Rooms rooms = new Rooms();
  private final Room room = rooms.room("news");
  private final EndpointLog endpointLog = EndpointLog.ofServlet("news");
  private final VirtualClock clock = new VirtualClock();
  private final SweepTimer deadlines = SweepTimer.byHand(clock);
  private final AtomicInteger released = new AtomicInteger();
  private EventStreams streams = streams(Map.of());

  @AfterEach
  void close() {
    deadlines.close();
  }

  private EventStreams streams(Map<String, String> options) {
    return new EventStreams(config(options), deadlines, INLINE, endpointLog);
  }

  private EventStream open(MemoryOutput output, String lastEventId) {
    Admission counted = Admission.UNCONDITIONAL.withRelease(released::incrementAndGet);
    EventStream stream = streams.open(room, lastEventId, output, counted, CLIENT);
    stream.onWritable();
    return stream;
  }

  /** Opens a stream that is new to the room; the name of the room's history. */
  private String greeted(MemoryOutput output) {
    open(output, "");
    String greeting = output.next();
    assertThat(greeting).startsWith("retry:2000\nid:").endsWith("\n\n");
    return greeting.substring("retry:2000\nid:".length(), greeting.lastIndexOf('-') + 1);
  }

  /** With {@code |} for the end of a line and {@code H} for the history's name. */
  private static String lines(String text, String history) {
    return text.replace("|", "\n").replace("H", history);
  }

  private void send(String text) {
    room.send(PreparedMessage.text(text));
  }

  /** Time passes, with a look at the deadlines four times a second. */
  private void pass(Duration time) {
    Duration left = time;
    do {
      Duration step = left.compareTo(STEP) < 0 ? left : STEP;
      clock.advance(step);
      streams.sweep();
      left = left.minus(step);
    } while (!left.isZero());
  }

  @Test
  void nothing_is_written_before_the_output_says_that_it_can() {
    MemoryOutput output = new MemoryOutput();
    EventStream stream = streams.open(room, null, output, Admission.UNCONDITIONAL, CLIENT);
    send("one");
    assertThat(output.next()).isEmpty();
    stream.onWritable();
    assertThat(output.next()).startsWith("retry:").endsWith("-1\ndata:one\n\n");
  }

  @Test
  void who_comes_back_gets_what_is_behind_the_last_event_it_had() {
    MemoryOutput first = new MemoryOutput();
    String history = greeted(first);
    send("one");
    send("two");
    send("three");
    MemoryOutput back = new MemoryOutput();
    open(back, history + "1");
    assertThat(back.next())
        .isEqualTo(lines("retry:2000|id:H1||id:H2|data:two||id:H3|data:three||", history));
    MemoryOutput upToDate = new MemoryOutput();
    open(upToDate, history + "3");
    assertThat(upToDate.next()).isEqualTo("retry:2000\nid:" + history + "3\n\n");
  }

  @ParameterizedTest
  @ValueSource(strings = {"H4", "H-1", "H", "Hx", "other-1", "-1", "\u0000"})
  void an_id_that_is_none_of_the_room_s_is_a_gap(String id) {
    String history = greeted(new MemoryOutput());
    send("one");
    MemoryOutput back = new MemoryOutput();
    open(back, id.replace("H", history));
    assertThat(back.next())
        .isEqualTo(lines("retry:2000|id:H0||id:H0|event:gap|data:||id:H1|data:one||", history));
  }

  @Test
  void what_is_kept_is_bounded_and_who_missed_more_is_told() {
    streams = streams(Map.of("historyBytes", "100"));
    String history = greeted(new MemoryOutput());
    send("a".repeat(60));
    send("b".repeat(60));
    MemoryOutput back = new MemoryOutput();
    open(back, history + "0");
    assertThat(back.next())
        .endsWith("event:gap\ndata:\n\nid:" + history + "2\ndata:" + "b".repeat(60) + "\n\n");
  }

  @Test
  void a_history_is_kept_for_a_while_after_the_last_client() {
    MemoryOutput first = new MemoryOutput();
    EventStream stream = open(first, "");
    stream.end();
    pass(Duration.ofSeconds(119));
    assertThat(streams.feeds()).isEqualTo(1);
    pass(Duration.ofSeconds(2));
    assertThat(streams.feeds()).isZero();
  }

  @Test
  void who_does_not_read_is_ended_at_the_bound_and_others_are_not() {
    streams = streams(Map.of("outboundLimitBytes", "1024", "historyBytes", "0"));
    MemoryOutput slow = new MemoryOutput();
    MemoryOutput reading = new MemoryOutput();
    EventStream stalled = open(slow, "");
    open(reading, "");
    slow.takes(1);
    int sent = 0;
    while (streams.size() == 2) {
      send("x".repeat(200));
      assertThat(stalled.waitingBytes()).isLessThanOrEqualTo(1024 + 1);
      assertThat(reading.next()).isNotEmpty();
      sent++;
    }
    assertThat(sent).isBetween(5, 7);
    assertThat(slow.isClosed()).isTrue();
    assertThat(stalled.waitingBytes()).isZero();
    assertThat(released).hasValue(1);
    send("still here");
    assertThat(reading.next()).contains("still here");
  }

  @Test
  void who_reads_on_gets_everything_in_order() {
    MemoryOutput slow = new MemoryOutput();
    EventStream stream = open(slow, "");
    slow.takes(1);
    for (int i = 1; i <= 9; i++) {
      send("event " + i);
    }
    StringBuilder all = new StringBuilder(slow.next());
    for (int i = 0; i < 20; i++) {
      slow.takes(1);
      stream.onWritable();
      all.append(slow.next());
    }
    slow.takes(1000);
    stream.onWritable();
    assertThat(all.append(slow.next()).toString().lines().filter(line -> line.startsWith("data:")))
        .containsExactly(
            "data:event 1",
            "data:event 2",
            "data:event 3",
            "data:event 4",
            "data:event 5",
            "data:event 6",
            "data:event 7",
            "data:event 8",
            "data:event 9");
  }

  @Test
  void silence_is_broken_by_a_comment() {
    MemoryOutput output = new MemoryOutput();
    greeted(output);
    pass(Duration.ZERO);
    pass(Duration.ofSeconds(19));
    assertThat(output.next()).isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(output.next()).isEqualTo(":\n\n");
  }

  @Test
  void no_progress_ends_a_stream() {
    MemoryOutput stalled = new MemoryOutput();
    greeted(stalled);
    stalled.takes(1);
    send("one");
    send("two");
    pass(Duration.ZERO);
    pass(Duration.ofSeconds(9));
    assertThat(stalled.isClosed()).isFalse();
    pass(Duration.ofSeconds(1));
    assertThat(stalled.isClosed()).isTrue();
    assertThat(streams.size()).isZero();
  }

  @Test
  void who_is_gone_is_let_go_once() {
    MemoryOutput gone = new MemoryOutput();
    EventStream stream = open(gone, "");
    gone.breaks();
    send("one");
    assertThat(gone.isClosed()).isTrue();
    stream.end();
    assertThat(gone.isClosed()).isTrue();
    assertThat(released).hasValue(1);
    assertThat(streams.size()).isZero();
  }

  @Test
  void draining_waits_for_what_is_not_sent_yet() throws Exception {
    MemoryOutput idle = new MemoryOutput();
    MemoryOutput busy = new MemoryOutput();
    greeted(idle);
    EventStream stream = open(busy, "");
    busy.takes(1);
    send("one");
    send("two");
    CompletableFuture<Void> drained = CompletableFuture.runAsync(streams::drain);
    Await.until("the draining to begin", () -> streams.size() == 1);
    assertThat(idle.isClosed()).isTrue();
    assertThat(streams.isDraining()).isTrue();
    busy.next();
    busy.takes(1000);
    stream.onWritable();
    drained.get(20, TimeUnit.SECONDS);
    assertThat(busy.next()).endsWith("data:two\n\n");
    assertThat(busy.isClosed()).isTrue();
    assertThat(streams.feeds()).isZero();
    assertThat(released).hasValue(2);
  }

  @Test
  void draining_gives_up_who_does_not_read() {
    streams = streams(Map.of("drainTimeout", "50ms"));
    MemoryOutput stalled = new MemoryOutput();
    greeted(stalled);
    stalled.takes(1);
    send("one");
    send("two");
    streams.drain();
    assertThat(stalled.isClosed()).isTrue();
    assertThat(streams.size()).isZero();
  }

  @Test
  void guards_look_at_their_deadlines() {
    AtomicInteger looks = new AtomicInteger();
    Deadlines failing =
        now -> {
          looks.incrementAndGet();
          throw new IllegalStateException("of this guard alone");
        };
    Deadlines another = now -> failing.check(now);
    Admission ofBoth = Admission.UNCONDITIONAL.withDeadlines(failing).withDeadlines(another);
    EventStream first = streams.open(room, null, new MemoryOutput(), ofBoth, CLIENT);
    EventStream second = streams.open(room, null, new MemoryOutput(), ofBoth, CLIENT);
    streams.sweep();
    assertThat(looks).hasValue(2);
    first.end();
    streams.sweep();
    assertThat(looks).hasValue(4);
    second.end();
    streams.sweep();
    assertThat(looks).as("nobody is there whom they let in").hasValue(4);
  }

  private static EventStreamConfig config(Map<String, String> options) {
    EventStreamConfig.Builder builder = EventStreamConfig.builder();
    options.forEach(builder::set);
    return builder.build();
  }
}
