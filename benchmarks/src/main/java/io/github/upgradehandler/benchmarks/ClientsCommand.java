package io.github.upgradehandler.benchmarks;

import io.github.upgradehandler.benchmarks.client.ClientLibrary;
import io.github.upgradehandler.benchmarks.client.ClientMeasuring;
import io.github.upgradehandler.benchmarks.client.ClientRow;
import io.github.upgradehandler.benchmarks.load.Cpus;
import io.github.upgradehandler.benchmarks.report.ClientReport;
import io.github.upgradehandler.benchmarks.report.JsonLines;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** This library's client beside others. */
@Command(
    name = "clients",
    description = "Measures clients against one same server: CPU for each message, memory.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ClientsCommand implements Callable<Integer> {

  @Option(names = "--rows", split = ",", description = "Rows: ${COMPLETION-CANDIDATES}.")
  private List<ClientRow> rows = List.of(ClientRow.values());

  @Option(names = "--clients", split = ",", description = "Clients: ${COMPLETION-CANDIDATES}.")
  private List<ClientLibrary> clients = List.of(ClientLibrary.values());

  @Option(names = "--rounds", description = "How often each is measured.")
  private int rounds = 3;

  @Option(names = "--warm-up", description = "Seconds before the measuring.")
  private int warmUp = 9;

  @Option(names = "--duration", description = "Seconds of measuring.")
  private int duration = 5;

  @Option(names = "--output", paramLabel = "DIRECTORY", description = "Where results go.")
  private Path output = Path.of("benchmarks", "results");

  @Override
  public Integer call() throws IOException, InterruptedException, URISyntaxException {
    ClientMeasuring measuring =
        new ClientMeasuring(
            Cpus.divide(), Main.jar(), Duration.ofSeconds(warmUp), Duration.ofSeconds(duration));
    Files.createDirectories(output);
    Path results = output.resolve("clients.jsonl");
    Files.deleteIfExists(results);
    for (int round = 1; round <= rounds; round++) {
      for (ClientRow row : rows) {
        for (ClientLibrary client : clients) {
          JsonLines.add(results, measuring.measure(row, client, round));
        }
      }
    }
    ClientReport.write(results);
    System.out.print(Files.readString(output.resolve("clients.md")));
    return 0;
  }
}
