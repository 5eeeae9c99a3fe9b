package io.github.upgradehandler.benchmarks.client;

import io.github.upgradehandler.benchmarks.load.CpuTimes;
import io.github.upgradehandler.benchmarks.load.Cpus;
import io.github.upgradehandler.benchmarks.load.JavaCommand;
import io.github.upgradehandler.benchmarks.load.LoadException;
import io.github.upgradehandler.benchmarks.load.Server;
import io.github.upgradehandler.benchmarks.load.ServerProcess;
import io.github.upgradehandler.benchmarks.load.ServerSetup;
import io.github.upgradehandler.benchmarks.load.Subprocess;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/** Runs rows with clients against one same server, each time with fresh processes. */
public final class ClientMeasuring {

  private static final Server SERVER = Server.UNDERTOW_CHANNELS;
  private static final int HEAP_GIB = 1;
  private static final int WARM_UP_PARTS = 3;
  private static final Duration PAUSE = Duration.ofSeconds(1);

  /** A heartbeat: what was needed for opening is to be gone. */
  private static final Duration SETTLING = Duration.ofSeconds(25);

  private static final double MICROS = 1e3;

  private final Cpus cpus;
  private final Path jar;
  private final Duration warmUp;
  private final Duration duration;

  /**
   * Measuring with the same times for all.
   *
   * @param cpus as they are divided for servers: here the client has the server's
   * @param jar benchmarks.jar, with the libraries' jars beside it
   */
  public ClientMeasuring(Cpus cpus, Path jar, Duration warmUp, Duration duration) {
    this.cpus = cpus.exchanged();
    this.jar = jar;
    this.warmUp = warmUp;
    this.duration = duration;
  }

  /** Measures once; what fails is told by the result. */
  public ClientMeasurement measure(ClientRow row, ClientLibrary library, int round)
      throws IOException {
    ServerSetup setup = ServerSetup.of(row.isText() ? 0 : row.payloadBytes());
    try (ServerProcess server = ServerProcess.start(SERVER, setup, cpus, jar);
        Subprocess client = Subprocess.start(command(row, library, server))) {
      try {
        return row.isMemory()
            ? memory(row, library, round, client)
            : load(row, library, round, client);
      } catch (LoadException | IOException e) {
        String error = e.getMessage() + client.lastError();
        return new ClientMeasurement(row.id(), library.id(), round, error, null, null, null, null);
      }
    }
  }

  private List<String> command(ClientRow row, ClientLibrary library, ServerProcess server) {
    List<String> command = new ArrayList<>(cpus.clientPrefix());
    command.addAll(JavaCommand.of(jar, HEAP_GIB, library.libraries(), ClientMain.class.getName()));
    command.add(library.name());
    command.add(row.name());
    command.add("ws://127.0.0.1:" + server.address().getPort() + "/echo");
    return command;
  }

  private ClientMeasurement load(ClientRow row, ClientLibrary library, int round, Subprocess client)
      throws IOException {
    client.ask("open");
    for (int i = 0; i < WARM_UP_PARTS; i++) {
      pass(i == 0 ? Duration.ZERO : PAUSE); // the JVM's compilers are to have their time
      pass(warmUp.dividedBy(WARM_UP_PARTS));
    }
    long begin = System.nanoTime();
    long before = client.ask("done");
    CpuTimes used = CpuTimes.of(client.pid());
    pass(duration);
    long done = client.ask("done") - before;
    used = CpuTimes.of(client.pid()).since(used);
    double micros = (System.nanoTime() - begin) / MICROS;
    if (done == 0) {
      throw new LoadException("nothing came back");
    }
    return new ClientMeasurement(
        row.id(),
        library.id(),
        round,
        null,
        done / micros * 1e6,
        (double) used.server() / done,
        null,
        null);
  }

  private static ClientMeasurement memory(
      ClientRow row, ClientLibrary library, int round, Subprocess client) throws IOException {
    pass(SETTLING);
    long heap = client.ask("heap");
    long threads = client.ask("threads");
    long opened = client.ask("open");
    pass(SETTLING);
    double each = (double) (client.ask("heap") - heap) / opened;
    return new ClientMeasurement(
        row.id(), library.id(), round, null, null, null, each, client.ask("threads") - threads);
  }

  private static void pass(Duration time) {
    LockSupport.parkNanos(time.toNanos());
  }
}
