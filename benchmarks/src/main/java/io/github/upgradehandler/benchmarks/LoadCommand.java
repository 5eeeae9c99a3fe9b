package io.github.upgradehandler.benchmarks;

import com.google.gson.Gson;
import io.github.upgradehandler.benchmarks.load.Cpus;
import io.github.upgradehandler.benchmarks.load.Measurement;
import io.github.upgradehandler.benchmarks.load.Measuring;
import io.github.upgradehandler.benchmarks.load.Row;
import io.github.upgradehandler.benchmarks.load.Server;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The load benchmark. */
@Command(
    name = "benchmarks",
    description = "Measures servers in turn, each in a process of its own. Needs Linux.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    usageHelpAutoWidth = true,
    subcommands = {MicroCommand.class, ReportCommand.class})
final class LoadCommand implements Callable<Integer> {

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "ID",
      description = "Rows to measure, of 32b-d1, 32b-d64, ...; without it, all.")
  private List<String> rows = List.of();

  @Option(
      names = "--servers",
      split = ",",
      paramLabel = "ID",
      description = "Servers, as jetty, jetty/native or /native; without it, all.")
  private List<String> servers = List.of();

  @Option(names = "--rounds", description = "How often each is measured.")
  private int rounds = 3;

  @Option(names = "--warm-up", description = "Seconds before the measuring.")
  private int warmUp = 5;

  @Option(names = "--duration", description = "Seconds of measuring.")
  private int duration = 5;

  @Option(
      names = "--noise",
      paramLabel = "CORES",
      description = "CPU that others may use meanwhile; beyond, it is measured again.")
  private double noise = 0.1;

  @Option(names = "--output", paramLabel = "DIRECTORY", description = "Where results go.")
  private Path output = Path.of("benchmarks", "results");

  @Option(names = "--append", description = "Adds to the results that are there.")
  private boolean append;

  @Override
  public Integer call() throws IOException, InterruptedException, URISyntaxException {
    Cpus cpus = Cpus.divide();
    Path jar =
        Path.of(LoadCommand.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Measuring measuring =
        new Measuring(cpus, jar, Duration.ofSeconds(warmUp), Duration.ofSeconds(duration), noise);
    Files.createDirectories(output);
    Path results = output.resolve("measurements.jsonl");
    if (!append) {
      Files.deleteIfExists(results);
    }
    System.out.println(cpus.description());
    Gson gson = new Gson();
    for (Row row : Stream.of(Row.values()).filter(this::isChosen).toList()) {
      for (int round = 1; round <= rounds; round++) {
        for (Server server : Stream.of(Server.values()).filter(this::isChosen).toList()) {
          Measurement measurement = measuring.measure(row, server, round);
          String json = gson.toJson(measurement);
          Files.writeString(
              results, json + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
          System.out.println(json);
        }
      }
    }
    ReportCommand.write(results);
    return 0;
  }

  private boolean isChosen(Row row) {
    return rows.isEmpty() || rows.contains(row.id());
  }

  private boolean isChosen(Server server) {
    return servers.isEmpty()
        || servers.stream()
            .anyMatch(
                wanted ->
                    server.id().equals(wanted)
                        || server.id().startsWith(wanted + "/")
                        || server.id().endsWith(wanted));
  }
}
