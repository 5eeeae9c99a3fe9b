package io.github.upgradehandler.internal.room;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.internal.log.EndpointLog;
import io.github.upgradehandler.internal.sse.EventOutput;
import io.github.upgradehandler.internal.sse.EventStream;
import io.github.upgradehandler.internal.sse.EventStreams;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.room.log.Entry;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.log.Retention;
import io.github.upgradehandler.testing.NoMembers;
import io.github.upgradehandler.testkit.VirtualClock;
import java.io.ByteArrayOutputStream;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whose witnesses read event streams: they know what stands on the wire, and nothing else. */
final class StreamsNode implements SimulatedNode {

  private static final Pattern BLOCK =
      Pattern.compile("(?:retry:2000\n)?(?:id:(.*)\n)?(?:event:(.*)\n)?(?:data:(.*)\n)?\n");
  private static final Pattern REASON = Pattern.compile("\"reason\":\"(\\w+)\"");

  private final SimulatedEngine engine;
  private final int number;
  private final Room room;
  private final EventStreams streams =
      new EventStreams(
          EventStreamConfig.DEFAULT,
          SweepTimer.byHand(new VirtualClock()),
          EndpointLog.ofServlet("simulated"));
  private final Map<Witness, EventStream> present = new HashMap<>();

  StreamsNode(int number, SimulatedEngine engine, VirtualTime time) {
    this.engine = engine;
    this.number = number;
    this.room =
        Rooms.builder()
            .logged(name -> true, engine, Retention.DEFAULTS, new NoMembers())
            .build()
            .room("room");
  }

  @Override
  public SimulatedEngine engine() {
    return engine;
  }

  /** With the node's number before it: what a stream shows has no other way to tell it. */
  @Override
  public CompletionStage<Published> publish(String value) {
    return room.publish(PreparedMessage.text(number + " " + value));
  }

  @Override
  public void come(Witness one) {
    String last = one.last() == null ? null : one.last().toString();
    EventStream stream =
        streams.open(room, last, new Reading(one), Admission.UNCONDITIONAL, "a witness");
    present.put(one, stream);
    stream.onWritable();
  }

  @Override
  public void leave(Witness one) {
    present.remove(one).end();
  }

  /** Takes everything at once and tells the witness. */
  private static final class Reading implements EventOutput {

    private final Witness one;
    private final ByteArrayOutputStream written = new ByteArrayOutputStream();

    Reading(Witness one) {
      this.one = one;
    }

    @Override
    public boolean isWritable() {
      return true;
    }

    @Override
    public void write(byte[] bytes) {
      written.writeBytes(bytes);
    }

    @Override
    public void flush() {
      Matcher blocks = BLOCK.matcher(written.toString(UTF_8));
      written.reset();
      while (blocks.find()) {
        if (blocks.group(1) != null) {
          tell(Position.parse(blocks.group(1)).orElseThrow(), blocks.group(2), blocks.group(3));
        }
      }
    }

    private void tell(Position position, String type, String data) {
      if (data == null) {
        one.attached(position);
      } else if ("lost".equals(type)) {
        Matcher reason = REASON.matcher(data);
        assertFound(reason, data);
        one.lost(new Lost(Lost.Reason.valueOf(reason.group(1)), position));
      } else {
        String[] parts = data.split(" ", 2);
        // Each node numbers what it publishes, and the values ascend.
        long sequence = Long.parseLong(parts[1].substring(1)) + 1;
        one.entry(
            position, new Entry("n" + parts[0], sequence, "", PreparedMessage.text(parts[1])));
      }
    }

    private static void assertFound(Matcher matcher, String text) {
      if (!matcher.find()) {
        throw new AssertionError("no reason in " + text);
      }
    }

    @Override
    public void close() {}
  }
}
