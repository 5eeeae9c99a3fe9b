package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** Runs rows on servers, each time with a fresh server. */
public final class Measuring {

  private static final int ATTEMPTS = 3;
  private static final int CONNECTIONS_BEFORE_IDLE = 64;
  private static final long SETTLING = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int WARM_UP_PARTS = 3;
  private static final long PAUSE = TimeUnit.SECONDS.toNanos(1);
  private static final double MICROS = 1e3;
  private static final int STALLED_TURNS = 7;

  private final Cpus cpus;
  private final Path jar;
  private final Duration warmUp;
  private final Duration duration;
  private final double toleratedNoise;
  private final Map<Row, Tape> tapes = new EnumMap<>(Row.class);

  /**
   * Measuring with the same times for all.
   *
   * @param toleratedNoise CPU that others may use meanwhile, in cores; beyond, it is measured again
   * @param jar benchmarks.jar, with the servers' jars beside it
   */
  public Measuring(Cpus cpus, Path jar, Duration warmUp, Duration duration, double toleratedNoise) {
    this.cpus = cpus;
    this.jar = jar;
    this.warmUp = warmUp;
    this.duration = duration;
    this.toleratedNoise = toleratedNoise;
  }

  /** Measures once, or again if others disturbed it; what fails is told by the result. */
  public Measurement measure(Row row, Server server, int round) throws IOException {
    Measurement best = attempt(row, server, round);
    for (int i = 1; i < ATTEMPTS && noise(best) > toleratedNoise; i++) {
      Measurement next = attempt(row, server, round);
      best = noise(next) < noise(best) ? next : best;
    }
    return best;
  }

  private static double noise(Measurement measurement) {
    @Nullable Double cores = measurement.noiseCores();
    return cores == null ? 0 : cores;
  }

  private Measurement attempt(Row row, Server server, int round) throws IOException {
    try (Nodes nodes = Nodes.start(server, row, cpus, jar)) {
      try {
        return switch (row.load()) {
          case IDLE -> memory(row, server, round, nodes.first());
          case STALLED -> stalled(row, server, round, nodes.first());
          default -> load(row, server, round, nodes, () -> {});
        };
      } catch (LoadException e) {
        return Measurement.failed(row, server, round, e.getMessage() + nodes.lastError());
      }
    } catch (LoadException e) {
      return Measurement.failed(row, server, round, String.valueOf(e.getMessage()));
    }
  }

  /** Measures once, and where the time goes, which itself takes some. */
  public Profile profile(Row row, Server server) throws IOException {
    try (Nodes nodes = Nodes.start(server, row, cpus, jar)) {
      Profiler profiler = new Profiler(nodes.first().pid());
      Measurement measured = load(row, server, 1, nodes, profiler::start);
      double micros = Objects.requireNonNull(measured.cpuMicros());
      return Profile.of(row, server, micros, profiler.stop());
    }
  }

  private Measurement load(Row row, Server server, int round, Nodes nodes, Runnable warm) {
    try (Driver client = Driver.of(row, tape(row), nodes.addresses())) {
      client.start(row.connections());
      warmUp(row, client);
      warm.run();
      client.latencies().reset();
      long done = client.done();
      long begin = System.nanoTime();
      CpuTimes before = CpuTimes.of(nodes.pids());
      client.run(duration.toNanos());
      CpuTimes used = CpuTimes.of(nodes.pids()).since(before);
      double micros = (System.nanoTime() - begin) / MICROS;
      done = client.done() - done;
      if (done == 0) {
        throw new LoadException("nothing came back");
      }
      Histogram latencies = client.latencies();
      return new Measurement(
          row.id(),
          server.container(),
          server.implementation().label(),
          round,
          null,
          done / micros * 1e6,
          (double) used.server() / done,
          used.server() / micros,
          used.client() / micros,
          used.others() / micros,
          percentile(latencies, 50),
          percentile(latencies, 99),
          percentile(latencies, 99.9),
          null,
          null,
          null,
          null,
          null);
    }
  }

  /**
   * Without and with members that do not read, in turn; of their percentiles the medians, since a
   * pause of the machine in one turn is not to decide. The first two are a warm-up, also of what is
   * called for those members alone.
   */
  private Measurement stalled(Row row, Server server, int round, ServerProcess process)
      throws IOException {
    try (StalledMembers members = new StalledMembers(row, tape(row), process.address())) {
      members.broadcast(warmUp.toNanos());
      members.broadcastWithStalled();
      List<Histogram> without = new ArrayList<>();
      List<Histogram> with = new ArrayList<>();
      int endedBefore = members.ended();
      long delivered = members.delivered();
      long begin = System.nanoTime();
      CpuTimes before = CpuTimes.of(process.pid());
      for (int turn = 0; turn < STALLED_TURNS; turn++) {
        without.add(members.broadcast(StalledMembers.WITH_STALLED));
        with.add(members.broadcastWithStalled());
      }
      CpuTimes used = CpuTimes.of(process.pid()).since(before);
      double micros = (System.nanoTime() - begin) / MICROS;
      delivered = members.delivered() - delivered;
      return new Measurement(
          row.id(),
          server.container(),
          server.implementation().label(),
          round,
          null,
          delivered / micros * 1e6,
          (double) used.server() / delivered,
          used.server() / micros,
          used.client() / micros,
          used.others() / micros,
          median(without, 50),
          median(without, 99),
          median(without, 99.9),
          null,
          null,
          median(with, 50),
          median(with, 99),
          (double) (members.ended() - endedBefore) / (STALLED_TURNS * StalledMembers.STALLED));
    }
  }

  /**
   * With pauses: many threads on one CPU leave the JVM's compiler so little of it that what is
   * called most may still be interpreted after ten seconds, in one run and not in the next.
   */
  private void warmUp(Row row, Driver client) {
    long each =
        warmUp.multipliedBy(row.load().warmUps(row.depth())).dividedBy(WARM_UP_PARTS).toNanos();
    for (int i = 0; i < WARM_UP_PARTS; i++) {
      if (i > 0) {
        LockSupport.parkNanos(PAUSE);
      }
      client.run(each);
    }
  }

  private Measurement memory(Row row, Server server, int round, ServerProcess process)
      throws IOException {
    // What the first connections leave behind is not the later ones'.
    try (LoadClient client = new LoadClient(row, tape(row), List.of(process.address()))) {
      client.start(CONNECTIONS_BEFORE_IDLE);
    }
    try (LoadClient client = new LoadClient(row, tape(row), List.of(process.address()))) {
      client.run(SETTLING);
      long heap = process.heapBytes();
      long beside = process.residentBytes();
      client.start(row.connections());
      client.run(SETTLING);
      double heapBytes = process.heapBytes() - heap;
      double besideBytes = process.residentBytes() - beside;
      return Measurement.memory(
          row, server, round, heapBytes / row.connections(), besideBytes / row.connections());
    }
  }

  private static @Nullable Double percentile(Histogram latencies, double percent) {
    return latencies.getTotalCount() == 0 ? null : latencies.getValueAtPercentile(percent) / MICROS;
  }

  private static @Nullable Double median(List<Histogram> turns, double percent) {
    List<Double> each = turns.stream().map(turn -> percentile(turn, percent)).toList();
    return Spread.of(each).map(Spread::median).orElse(null);
  }

  private Tape tape(Row row) {
    return tapes.computeIfAbsent(row, Tape::of);
  }
}
