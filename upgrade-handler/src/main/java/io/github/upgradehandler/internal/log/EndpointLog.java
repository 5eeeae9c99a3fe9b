package io.github.upgradehandler.internal.log;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What is logged of one servlet's requests and connections. Peers decide how much happens, and must
 * not decide how much is written: of each thing the first {@value #LINES} lines in {@value
 * #INTERVAL_SECONDS} seconds are, then how many were left out. Has no thread: its owner calls
 * {@link #reportLeftOut} from time to time. Thread-safe; throws nothing.
 */
public final class EndpointLog {

  /** Most lines about one thing in an interval. */
  static final int LINES = 10;

  /** The interval. */
  static final int INTERVAL_SECONDS = 60;

  /** An application may refuse with any status; those beyond share a count. */
  private static final int MOST_THINGS = 64;

  private static final int LONGEST_TEXT = 1000;

  private record Thing(LogKind kind, String name) {}

  private final String endpoint;
  private final LongSupplier nanoClock;
  private final Map<Thing, Allowance> allowances = new ConcurrentHashMap<>();

  /**
   * A log without lines.
   *
   * @param endpoint begins each line
   */
  public EndpointLog(String endpoint) {
    this(endpoint, System::nanoTime);
  }

  EndpointLog(String endpoint, LongSupplier nanoClock) {
    this.endpoint = OneLine.of(endpoint);
    this.nanoClock = nanoClock;
  }

  /** The log of a servlet of that name. */
  public static EndpointLog ofServlet(String name) {
    return new EndpointLog("servlet '" + name + "'");
  }

  /** The same for something that nothing was thrown for. */
  public void write(LogKind kind, String thing, Supplier<String> text) {
    write(kind, thing, text, null);
  }

  /**
   * Writes a line, unless the logger does not want it or there were too many.
   *
   * @param thing what it is about, in the plural and of a small number of constants: lines about
   *     the same count together
   * @param text the rest of the line; made safe here
   */
  public void write(LogKind kind, String thing, Supplier<String> text, @Nullable Throwable thrown) {
    try {
      if (kind.isLoggable()) {
        if (!kind.isBounded() || allowance(kind, thing).take(nanoClock.getAsLong())) {
          writeLine(kind, text.get(), thrown);
        }
      }
    } catch (Throwable e) {
      // Where memory is short a logger fails too: the caller must go on all the same.
    }
  }

  /**
   * Has written how many lines were left out in intervals that are over.
   *
   * @param writer used only where some were: may wait for the log
   */
  public void reportLeftOut(Executor writer) {
    long now = nanoClock.getAsLong();
    for (Allowance allowance : allowances.values()) {
      if (allowance.isOverdue(now)) {
        writer.execute(
            () -> allowances.forEach((thing, each) -> report(thing, each.takeOverdue(now))));
        return;
      }
    }
  }

  /** Writes how many lines were left out so far: the endpoint goes out of service. */
  public void close() {
    allowances.forEach((thing, allowance) -> report(thing, allowance.takeLeftOut()));
  }

  private void report(Thing thing, long leftOut) {
    if (leftOut > 0) {
      try {
        String text = leftOut + " more " + thing.name + ": " + LINES + " in " + INTERVAL_SECONDS;
        writeLine(thing.kind, text + " s have a line", null);
      } catch (Throwable e) {
        // As above.
      }
    }
  }

  private Allowance allowance(LogKind kind, String name) {
    Thing thing = new Thing(kind, name);
    Allowance known = allowances.get(thing);
    if (known != null) {
      return known;
    }
    return allowances.computeIfAbsent(
        allowances.size() < MOST_THINGS ? thing : new Thing(kind, "of other kinds"),
        first -> new Allowance(LINES, TimeUnit.SECONDS.toNanos(INTERVAL_SECONDS)));
  }

  private void writeLine(LogKind kind, String text, @Nullable Throwable thrown) {
    kind.logger().log(kind.level(), endpoint + ": " + OneLine.of(text, LONGEST_TEXT), thrown);
  }
}
