package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * Compares two builds of this library in short turns. Both servers live all the time, and the one
 * whose turn it is not has nothing to do: what else the machine does, and how fast it is at the
 * moment, meets both alike.
 */
public final class Comparing {

  private static final int WARM_UP_TURNS = 4;

  private final Cpus cpus;
  private final Path jar;
  private final Path other;
  private final Duration warmUp;
  private final Duration turn;
  private final int turns;

  /**
   * Comparing with the same times for all.
   *
   * @param jar benchmarks.jar of this build, with the servers' jars beside it
   * @param other that of the other build
   * @param warmUp of each server
   * @param turn one server's turn
   * @param turns of each server
   */
  public Comparing(Cpus cpus, Path jar, Path other, Duration warmUp, Duration turn, int turns) {
    this.cpus = cpus;
    this.jar = jar;
    this.other = other;
    this.warmUp = warmUp;
    this.turn = turn;
    this.turns = turns;
  }

  /** Compares one row on one server. */
  public Comparison compare(Row row, Server server) throws IOException {
    Tape tape = Tape.of(row);
    try (Side mine = new Side(row, server, tape, jar);
        Side theirs = new Side(row, server, tape, other)) {
      Duration each = warmUp.multipliedBy(row.load().warmUps(row.depth())).dividedBy(WARM_UP_TURNS);
      for (int i = 0; i < WARM_UP_TURNS; i++) {
        theirs.micros(each);
        mine.micros(each);
      }
      List<Double> micros = new ArrayList<>();
      List<Double> others = new ArrayList<>();
      List<Double> ratios = new ArrayList<>();
      for (int i = 0; i < turns; i++) {
        double before = theirs.micros(turn);
        double after = mine.micros(turn);
        micros.add(after);
        others.add(before);
        ratios.add(after / before);
      }
      return new Comparison(row, server, spread(micros), spread(others), spread(ratios));
    }
  }

  private static Spread spread(List<Double> values) {
    return Spread.of(values).orElseThrow();
  }

  /** One build's server and its load. */
  private final class Side implements AutoCloseable {

    private final Nodes nodes;
    private final Driver client;

    Side(Row row, Server server, Tape tape, Path build) throws IOException {
      nodes = Nodes.start(server, row, cpus, build);
      client = Driver.of(row, tape, nodes.addresses());
      client.start(row.connections());
    }

    /** CPU time of the server for each message during a turn. */
    double micros(Duration time) {
      long done = client.done();
      CpuTimes before = CpuTimes.of(nodes.pids());
      client.run(time.toNanos());
      long used = CpuTimes.of(nodes.pids()).since(before).server();
      done = client.done() - done;
      if (done == 0) {
        throw new LoadException("nothing came back" + nodes.lastError());
      }
      return (double) used / done;
    }

    @Override
    public void close() {
      client.close();
      nodes.close();
    }
  }
}
