package io.github.upgradehandler.benchmarks.resume;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.benchmarks.load.CpuTimes;
import io.github.upgradehandler.benchmarks.load.Cpus;
import io.github.upgradehandler.benchmarks.load.LoadException;
import io.github.upgradehandler.benchmarks.load.Nodes;
import io.github.upgradehandler.benchmarks.load.Row;
import io.github.upgradehandler.benchmarks.load.Server;
import io.github.upgradehandler.benchmarks.load.Waiting;
import io.github.upgradehandler.client.ClientConfig;
import io.github.upgradehandler.client.WebSocketClient;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Has clients come back to two nodes, which may be of anybody's making. */
public final class Resuming {

  private static final int CLIENTS = 100;
  private static final int FOREIGN = 10_000;
  private static final int FOREIGN_AT_ONCE = 100;
  private static final int TURNS = 7;
  private static final int WARM_UPS = 2;
  private static final long SETTLING = TimeUnit.SECONDS.toNanos(1);
  private static final double MICROS = 1e3;
  private static final double MILLIS = 1e6;

  private final Cpus cpus;
  private final Path jar;

  /**
   * Measuring on these CPUs.
   *
   * @param jar benchmarks.jar, with the servers' jars beside it
   */
  public Resuming(Cpus cpus, Path jar) {
    this.cpus = cpus;
    this.jar = jar;
  }

  /** Measures some turns, after others as a warm-up. */
  public List<ResumeMeasurement> measure(Server server) throws IOException {
    Row row = server.implementation().isSocketIo() ? Row.SOCKET_IO_LOG_DEPTH_1 : Row.LOG_DEPTH_1;
    ClientConfig quiet =
        ClientConfig.builder()
            .webSocket(WebSocketConfig.builder().pingInterval(Duration.ZERO).build())
            .build();
    try (Nodes nodes = Nodes.start(server, row, cpus, jar);
        WebSocketClient client = WebSocketClient.create(quiet)) {
      try {
        return measure(server, nodes, client);
      } catch (LoadException e) {
        throw new LoadException(e.getMessage() + nodes.lastError());
      }
    }
  }

  private static List<ResumeMeasurement> measure(
      Server server, Nodes nodes, WebSocketClient client) {
    List<Returning> clients = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      clients.add(client(server, client, nodes, i, Returning.LOBBY));
    }
    Returning speaker = client(server, client, nodes, 0, Returning.LOBBY);
    Returning foreigner = client(server, client, nodes, 0, Returning.OTHERS);
    List<Returning> all = new ArrayList<>(clients);
    all.addAll(List.of(speaker, foreigner));
    all.forEach(Returning::connect);
    Waiting.until("all are members", () -> all.stream().allMatch(Returning::hasJoined));
    LockSupport.parkNanos(SETTLING); // some are told that they have joined before they have
    List<ResumeMeasurement> results = new ArrayList<>();
    for (int turn = 1 - WARM_UPS; turn <= TURNS; turn++) {
      ResumeMeasurement result = turn(server, turn, nodes, clients, speaker, foreigner);
      if (turn > 0) {
        results.add(result);
      }
    }
    return results;
  }

  private static Returning client(
      Server server, WebSocketClient client, Nodes nodes, int index, String room) {
    List<InetSocketAddress> addresses = nodes.addresses();
    InetSocketAddress address = addresses.get(index % addresses.size());
    return server.implementation().isSocketIo()
        ? new SocketIoClient(client, address, room)
        : new RoomClient(client, address, room);
  }

  private static ResumeMeasurement turn(
      Server server,
      int turn,
      Nodes nodes,
      List<Returning> clients,
      Returning speaker,
      Returning foreigner) {
    int heard = clients.get(0).heard();
    speaker.send("heard by all");
    Waiting.until("what all hear", () -> haveHeard(clients, heard + 1));
    clients.forEach(Returning::abort);
    LockSupport.parkNanos(SETTLING); // the servers are to notice
    foreign(foreigner);
    int spoken = speaker.heard();
    speaker.send("missed by all");
    Waiting.until("what they miss", () -> speaker.heard() > spoken);
    long begin = System.nanoTime();
    CpuTimes before = CpuTimes.of(nodes.pids());
    clients.forEach(Returning::connect);
    Waiting.until("what they have missed", () -> haveHeard(clients, heard + 2));
    double millis = (System.nanoTime() - begin) / MILLIS;
    double cpuMillis = CpuTimes.of(nodes.pids()).since(before).server() / MICROS;
    return new ResumeMeasurement(
        server.container(),
        server.implementation().label(),
        turn,
        CLIENTS,
        FOREIGN,
        millis,
        cpuMillis);
  }

  private static void foreign(Returning foreigner) {
    int before = foreigner.heard();
    String text = "f".repeat(64);
    for (int sent = 0; sent < FOREIGN; sent += FOREIGN_AT_ONCE) {
      for (int i = 0; i < FOREIGN_AT_ONCE; i++) {
        foreigner.send(text);
      }
      int due = before + sent + FOREIGN_AT_ONCE;
      Waiting.until("the messages of others", () -> foreigner.heard() >= due);
    }
  }

  private static boolean haveHeard(List<Returning> clients, int count) {
    return clients.stream().allMatch(client -> client.heard() >= count);
  }
}
