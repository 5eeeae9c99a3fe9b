package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.work.SweepTimer;
import io.github.upgradehandler.spi.Transport;
import io.github.upgradehandler.testkit.VirtualClock;
import java.util.ArrayList;
import java.util.List;
import java.util.StringTokenizer;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.kotlinx.lincheck.Actor;
import org.jetbrains.kotlinx.lincheck.execution.ExecutionScenario;
import org.jetbrains.lincheck.datastructures.ModelCheckingOptions;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jetbrains.lincheck.datastructures.verifier.EpsilonVerifier;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Every interleaving of a few calls on a few threads, by a model checker that switches threads at
 * every access to shared memory. What must hold is stated at the end of each run.
 */
@Tag("slow")
class ConnectionInterleavings {

  /** Reports go to whoever is at work: none is lost, and one thread works at a time. */
  public static class Reports {
    private final AtomicInteger working = new AtomicInteger();
    private int overlaps;
    private int handled;
    private final AtomicInteger reported = new AtomicInteger();

    private final SerialEvents events =
        new SerialEvents() {
          @Override
          void handle(int bits) {
            if (working.getAndIncrement() != 0) {
              overlaps++;
            }
            handled |= bits; // plain: each call sees the effects of the one before
            working.decrementAndGet();
          }
        };

    @Operation
    public void readable() {
      report(SerialEvents.READABLE);
    }

    @Operation
    public void drained() {
      report(SerialEvents.BELOW_WATERMARK);
    }

    @Operation
    public void ended() {
      report(SerialEvents.ENDED);
    }

    private void report(int bit) {
      reported.getAndUpdate(bits -> bits | bit);
      events.signal(bit, Runnable::run);
    }

    @Validate
    public void allHandledByOneThreadAtATime() {
      if (overlaps != 0 || handled != reported.get() || !events.isIdle()) {
        throw new AssertionError(
            overlaps + " overlaps, reported " + reported + ", handled " + handled);
      }
    }
  }

  /**
   * A container that takes one write at a time, and calls back only who has asked it: small enough
   * for a model checker, which the kit's transport is not.
   */
  private static final class NarrowTransport implements Transport {
    private int room = 1;
    private boolean asked = true; // the container comes once by itself
    private boolean writing;
    private int frames;
    private String breach = "";

    /** Whether the connection is to be told. */
    synchronized boolean drain() {
      room++;
      boolean tell = asked;
      asked = false;
      return tell;
    }

    @Override
    public int read(byte[] buffer) {
      return 0;
    }

    @Override
    public synchronized boolean isWritable() {
      asked |= room == 0;
      return room > 0;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) {
      synchronized (this) {
        if (writing || room == 0) {
          breach = writing ? "two writes at a time" : "write while not writable";
        }
        writing = true;
        room--;
      }
      int whole = 0;
      for (int at = offset; at < offset + length; at += 2 + bytes[at + 1]) {
        whole++;
      }
      synchronized (this) {
        frames += whole;
        writing = false;
      }
    }

    @Override
    public void flush() {}

    @Override
    public void close() {}
  }

  /** Whatever is accepted is written as soon as there is room, by one thread at a time. */
  public static class Sends {
    private final NarrowTransport transport = new NarrowTransport();
    private final Connection socket =
        Wire.connect(
            new ConnectionGroup(
                Wire.config().build(),
                SweepTimer.byHand(new VirtualClock()),
                Sends.class.getClassLoader()),
            transport,
            new WebSocketHandler() {});
    private final AtomicInteger accepted = new AtomicInteger();
    private final AtomicInteger closed = new AtomicInteger();

    @Operation
    public void send() {
      if (socket.sendText("x").isAccepted()) {
        accepted.incrementAndGet();
      }
    }

    @Operation
    public void close() {
      socket.close();
      closed.set(1);
    }

    @Operation
    public void drain() {
      if (transport.drain()) {
        socket.onWritable();
      }
    }

    @Validate
    public void nothingWaitsWhileThereIsRoom() {
      boolean everything = transport.frames == accepted.get() + closed.get();
      if (!transport.breach.isEmpty() || !(transport.asked || everything)) {
        throw new AssertionError(
            transport.breach + ", " + transport.frames + " frames of " + accepted + "+" + closed);
      }
    }
  }

  @Test
  void R7_no_wake_up_is_lost_between_senders_and_the_container() {
    new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(2)
        .iterations(SCENARIOS)
        .invocationsPerIteration(200)
        .verifier(EpsilonVerifier.class)
        .check(Sends.class);
  }

  /** So few calls that the search comes to every switch between them. */
  @ParameterizedTest
  @CsvSource({
    "drain, send, send", // one stops writing when the other has something
    "drain send, send send, drain", // one is told to wait when there is room again
  })
  void R7_nothing_is_left_behind_where_writing_changes_hands(
      String first, String thread, String other) throws Exception {
    new ModelCheckingOptions()
        .addCustomScenario(
            new ExecutionScenario(
                calls(first), List.of(calls(thread), calls(other)), List.of(), null))
        .iterations(0)
        .invocationsPerIteration(500)
        .verifier(EpsilonVerifier.class)
        .check(Sends.class);
  }

  private static List<Actor> calls(String names) throws NoSuchMethodException {
    List<Actor> calls = new ArrayList<>();
    for (StringTokenizer each = new StringTokenizer(names); each.hasMoreTokens(); ) {
      calls.add(new Actor(Sends.class.getMethod(each.nextToken()), List.of()));
    }
    return calls;
  }

  /** Scenarios for each test; the profile fuzz has more. */
  private static final int SCENARIOS = Integer.getInteger("interleavings.scenarios", 4);

  @Test
  void R7_reports_are_handled_one_at_a_time_and_none_is_lost() {
    new ModelCheckingOptions()
        .threads(3)
        .actorsPerThread(2)
        .iterations(SCENARIOS)
        .invocationsPerIteration(500)
        .verifier(EpsilonVerifier.class)
        .check(Reports.class);
  }
}
