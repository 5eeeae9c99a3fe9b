package io.github.upgradehandler.benchmarks.scale;

import io.github.upgradehandler.benchmarks.load.CpuTimes;
import io.github.upgradehandler.benchmarks.load.Cpus;
import io.github.upgradehandler.benchmarks.load.Server;
import io.github.upgradehandler.benchmarks.load.ServerProcess;
import io.github.upgradehandler.benchmarks.load.ServerSetup;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Measures servers with many connections, each time with a fresh server. */
public final class Scaling {

  /** The library's default; a native server is pinged for as often by its application. */
  private static final int PING_SECONDS = 20;

  /** Two heartbeats. */
  private static final long QUIET = TimeUnit.SECONDS.toNanos(2 * PING_SECONDS);

  private static final long ACTIVE = TimeUnit.SECONDS.toNanos(10);
  private static final long SETTLING = TimeUnit.SECONDS.toNanos(1);
  private static final int CONNECTIONS_BEFORE = 500;
  private static final int BROADCASTS_BEFORE = 100;
  private static final int BROADCASTS = 15;

  /** The heap of each server. */
  public static final int HEAP_GIB = 4;

  private static final double MICROS = 1e3;
  private static final double MILLIS = 1e6;

  private final Cpus cpus;
  private final Path jar;

  /**
   * Measuring on these CPUs.
   *
   * @param jar benchmarks.jar, with the servers' jars beside it
   */
  public Scaling(Cpus cpus, Path jar) {
    this.cpus = cpus;
    this.jar = jar;
  }

  /** Measures once; takes two minutes and the time of opening. */
  public ScaleMeasurement measure(Server server, int connections) throws IOException {
    ServerSetup setup = ServerSetup.withPings(PING_SECONDS, HEAP_GIB);
    try (ServerProcess process = ServerProcess.start(server, setup, cpus, jar)) {
      warmUp(process);
      try (Crowd crowd = new Crowd(process.address())) {
        return measure(server, connections, process, crowd);
      }
    }
  }

  /** What the first connections leave behind is not the later ones'. */
  private static void warmUp(ServerProcess process) {
    try (Crowd crowd = new Crowd(process.address())) {
      crowd.open(CONNECTIONS_BEFORE);
      crowd.activity(ACTIVE / 2);
      for (int i = 0; i < BROADCASTS_BEFORE; i++) {
        crowd.broadcast();
      }
    }
    LockSupport.parkNanos(SETTLING);
  }

  private static ScaleMeasurement measure(
      Server server, int connections, ServerProcess process, Crowd crowd) throws IOException {
    long heap = process.heapBytes();
    long resident = process.residentBytes();
    CpuTimes before = CpuTimes.of(process.pid());
    crowd.open(connections);
    double openMicros = (double) CpuTimes.of(process.pid()).since(before).server() / connections;
    LockSupport.parkNanos(
        QUIET); // the first heartbeats have the JVM compile what the later ones run
    double heapBytes = (double) (process.heapBytes() - heap) / connections;
    double nativeBytes = (double) (process.residentBytes() - resident) / connections;

    double quietCores = cores(process, QUIET, () -> LockSupport.parkNanos(QUIET));
    double activeCores = cores(process, ACTIVE, () -> crowd.activity(ACTIVE));
    double p99 = crowd.activity(ACTIVE).getValueAtPercentile(99) / MICROS;

    double[] broadcasts = new double[BROADCASTS];
    before = CpuTimes.of(process.pid());
    for (int i = 0; i < BROADCASTS; i++) {
      broadcasts[i] = crowd.broadcast() / MILLIS;
    }
    double broadcastMicros =
        (double) CpuTimes.of(process.pid()).since(before).server() / BROADCASTS / crowd.members();
    Arrays.sort(broadcasts);

    long stopped = System.nanoTime();
    process.stop();
    double goingAway = crowd.awaitEnd();
    double drainMillis = (System.nanoTime() - stopped) / MILLIS;
    return new ScaleMeasurement(
        server.container(),
        server.implementation().label(),
        connections,
        openMicros,
        heapBytes,
        nativeBytes,
        quietCores,
        activeCores,
        p99,
        broadcasts[BROADCASTS / 2],
        broadcastMicros,
        drainMillis,
        goingAway);
  }

  private static double cores(ServerProcess process, long nanos, Runnable action) {
    CpuTimes before = CpuTimes.of(process.pid());
    action.run();
    return CpuTimes.of(process.pid()).since(before).server() / (nanos / MICROS);
  }
}
