package io.github.upgradehandler.internal.sse;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.internal.log.EndpointLog;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.internal.work.Workers;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.log.Retention;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.NoMembers;
import io.github.upgradehandler.testkit.VirtualClock;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Streams of a logged room: their ids are positions of its log. */
class LoggedEventStreamsTest {

  private static final Workers INLINE = new Workers(Runnable::run, Runnable::run);
  private static final String CLIENT = "/news from a client";

  private final Rooms rooms =
      Rooms.builder()
          .logged(
              name -> true,
              Engine.inMemory(),
              new Retention(1500, 4 << 20, Duration.ofHours(1)),
              new NoMembers())
          .build();
  private final Room room = rooms.room("news");
  private final SweepTimer deadlines = SweepTimer.byHand(new VirtualClock());
  private final EndpointLog endpointLog = EndpointLog.ofServlet("news");
  private final AtomicInteger released = new AtomicInteger();
  private final EventStreams streams = streams();

  @AfterEach
  void close() {
    deadlines.close();
  }

  private EventStreams streams() {
    EventStreamConfig config =
        EventStreamConfig.builder().outboundLimitBytes(1024).historyBytes(0).build();
    return new EventStreams(config, deadlines, INLINE, endpointLog);
  }

  private EventStream open(EventStreams from, MemoryOutput output, String lastEventId) {
    Admission counted = Admission.UNCONDITIONAL.withRelease(released::incrementAndGet);
    EventStream stream = from.open(room, lastEventId, output, counted, CLIENT);
    stream.onWritable();
    return stream;
  }

  private MemoryOutput reading(String lastEventId) {
    MemoryOutput output = new MemoryOutput();
    open(streams, output, lastEventId);
    return output;
  }

  private Position publish(String text) {
    Published answer = room.publish(PreparedMessage.text(text)).toCompletableFuture().join();
    return ((Published.Appended) answer).position();
  }

  @Test
  void events_have_the_positions_that_publishing_answers_with() {
    Position before = publish("before");
    MemoryOutput output = reading("");
    assertThat(output.next()).isEqualTo("retry:2000\n\nid:" + before + "\n\n");
    Position one = publish("one");
    assertThat(output.next()).isEqualTo("id:" + one + "\ndata:one\n\n");
    room.publish(PreparedMessage.binary(ByteBuffer.wrap(new byte[] {1, 2, 3})));
    assertThat(output.next()).isEqualTo("id:" + one.plus(1) + "\nevent:binary\ndata:AQID\n\n");
  }

  @Test
  void who_comes_back_gets_what_came_after_the_last_event_from_any_address_or_node() {
    Position one = publish("one");
    Position two = publish("two");
    MemoryOutput back = new MemoryOutput();
    open(streams(), back, one.toString());
    assertThat(back.next()).isEqualTo("retry:2000\nid:" + one + "\n\nid:" + two + "\ndata:two\n\n");
    assertThat(reading(two.toString()).next()).isEqualTo("retry:2000\nid:" + two + "\n\n");
  }

  @Test
  void a_log_goes_on_while_nobody_streams_it() {
    EventStream stream = open(streams, new MemoryOutput(), "");
    Position one = publish("one");
    stream.end();
    assertThat(streams.feeds()).isZero();
    publish("two");
    assertThat(reading(one.toString()).next()).endsWith("data:two\n\n");
    assertThat(streams.feeds()).isEqualTo(1);
  }

  @Test
  void a_stream_that_has_ended_gets_nothing() {
    MemoryOutput output = new MemoryOutput();
    EventStream stream = open(streams, output, "");
    output.next();
    stream.end();
    publish("one");
    assertThat(output.next()).isEmpty();
    assertThat(stream.waitingBytes()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"elsewhere.1", "x-1", "E.", "E.99", "-1", "\u0000", "E.1.1"})
  void an_id_that_is_no_position_of_the_log_is_lost(String id) {
    Position one = publish("one");
    MemoryOutput back = reading(id.replace("E", one.epoch()));
    assertThat(back.next())
        .endsWith(
            "id:"
                + one
                + "\nevent:lost\ndata:{\"reason\":\""
                + (id.equals("E.99") ? "ROLLED_BACK" : "UNKNOWN")
                + "\",\"position\":\""
                + one
                + "\"}\n\n");
    publish("two");
    assertThat(back.next()).isEqualTo("id:" + one.plus(1) + "\ndata:two\n\n");
  }

  @Test
  void more_than_a_log_gives_back_is_lost() {
    Position one = publish("one");
    for (int i = 0; i < 1001; i++) {
      publish("more");
    }
    assertThat(reading(one.toString()).next())
        .endsWith(
            "\nevent:lost\ndata:{\"reason\":\"TOO_FAR\",\"position\":\""
                + one.plus(1001)
                + "\"}\n\n");
  }

  @Test
  void what_was_missed_may_be_more_than_may_wait_else() {
    Position one = publish("one");
    publish("x".repeat(3000));
    publish("y".repeat(3000));
    MemoryOutput slow = new MemoryOutput();
    slow.takes(1);
    EventStream stream = open(streams, slow, one.toString());
    publish("live");
    assertThat(stream.isEnded()).isFalse();
    slow.takes(100_000);
    stream.onWritable();
    assertThat(slow.next()).contains("x".repeat(3000), "y".repeat(3000)).endsWith("data:live\n\n");
  }

  @Test
  void who_does_not_read_is_ended_at_the_bound_and_comes_back_to_where_it_was() {
    try (CapturedLog log = new CapturedLog()) {
      MemoryOutput slow = new MemoryOutput();
      MemoryOutput other = reading("");
      EventStream stalled = open(streams, slow, "");
      String greeting = slow.next();
      slow.takes(1);
      while (!stalled.isEnded()) {
        publish("x".repeat(200));
        assertThat(other.next()).isNotEmpty();
      }
      assertThat(slow.isClosed()).isTrue();
      assertThat(released).hasValue(1);
      assertThat(log.lines())
          .containsExactly(
              "INFO ended: servlet 'news': the event stream for "
                  + CLIENT
                  + " has ended: an event did not fit the 1024 bytes that may wait"
                  + " (outboundLimitBytes)");
      Position last = publish("last");
      String position = greeting.substring(greeting.lastIndexOf("id:") + 3).strip();
      String missed = reading(position).next();
      assertThat(missed).endsWith("id:" + last + "\ndata:last\n\n");
      assertThat(missed.lines().filter(line -> line.startsWith("data:")).count())
          .isEqualTo(last.offset());
    }
  }
}
