package io.github.upgradehandler.benchmarks;

import io.github.upgradehandler.benchmarks.load.Comparing;
import io.github.upgradehandler.benchmarks.load.Comparison;
import io.github.upgradehandler.benchmarks.load.Cpus;
import io.github.upgradehandler.benchmarks.load.Machine;
import io.github.upgradehandler.benchmarks.load.Measuring;
import io.github.upgradehandler.benchmarks.load.Profile;
import io.github.upgradehandler.benchmarks.load.Row;
import io.github.upgradehandler.benchmarks.load.Server;
import io.github.upgradehandler.benchmarks.load.ServerSetup;
import io.github.upgradehandler.benchmarks.report.JsonLines;
import io.github.upgradehandler.benchmarks.report.ProfileTable;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The load benchmark. */
@Command(
    name = "benchmarks",
    description = "Measures servers in turn, each in a process of its own. Needs Linux.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true,
    usageHelpAutoWidth = true,
    subcommands = {
      ClientsCommand.class,
      MicroCommand.class,
      ReportCommand.class,
      ResumeCommand.class,
      ScaleCommand.class
    })
final class LoadCommand implements Callable<Integer> {

  @Spec private @Nullable CommandSpec spec;

  @Option(
      names = "--rows",
      split = ",",
      paramLabel = "ID",
      description = "Rows to measure, such as 32b-d1; without it, all.")
  private List<String> rows = List.of();

  @Mixin private ServerChoice servers = new ServerChoice();

  @Option(
      names = "--quick",
      description = "One short round, to see that everything works; the figures mean little.")
  private boolean quick;

  @Option(names = "--rounds", description = "How often each is measured.")
  private int rounds = 3;

  @Option(names = "--warm-up", description = "Seconds before the measuring.")
  private int warmUp = 8;

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

  @Option(
      names = "--profile",
      description =
          "Says where the CPU time goes, by async-profiler, instead of how much there is:"
              + " profile.md in place of results.")
  private boolean profile;

  @Option(
      names = "--against",
      paramLabel = "JAR",
      description =
          "Compares this library with another build of itself, whose benchmarks.jar this is, in"
              + " short turns of --duration, --rounds of each: comparison.md in place of results.")
  private @Nullable Path against;

  @Override
  public Integer call() throws IOException, InterruptedException, URISyntaxException {
    check();
    if (quick) {
      rounds = 1;
      warmUp = 1;
      duration = 1;
      noise = Double.MAX_VALUE;
    }
    Cpus cpus = Cpus.divide();
    Path jar = Main.jar();
    Files.createDirectories(output);
    if (against != null) {
      compare(cpus, jar, against);
      return 0;
    }
    Measuring measuring =
        new Measuring(cpus, jar, Duration.ofSeconds(warmUp), Duration.ofSeconds(duration), noise);
    if (profile) {
      profile(measuring);
      return 0;
    }
    Path results = output.resolve("measurements.jsonl");
    if (!append) {
      Files.deleteIfExists(results);
    }
    List<String> machine = Machine.describe(jar, cpus, ServerSetup.ROW_HEAP_GIB);
    machine.forEach(System.out::println);
    Files.write(output.resolve(ReportCommand.MACHINE), machine);
    for (Row row : rows().toList()) {
      for (int round = 1; round <= rounds; round++) {
        for (Server server : servers(row)) {
          JsonLines.add(results, measuring.measure(row, server, round));
        }
      }
    }
    ReportCommand.write(results);
    return 0;
  }

  private void compare(Cpus cpus, Path jar, Path other) throws IOException {
    Comparing comparing =
        new Comparing(
            cpus, jar, other, Duration.ofSeconds(warmUp), Duration.ofSeconds(duration), rounds);
    Path table = output.resolve("comparison.md");
    Files.writeString(table, Comparison.HEADING);
    System.out.print(Comparison.HEADING);
    for (Row row : rows().filter(Row::isProfiled).toList()) {
      for (Server server : servers(row)) {
        String line = comparing.compare(row, server).toString();
        Files.writeString(table, line, StandardOpenOption.APPEND);
        System.out.print(line);
      }
    }
  }

  private void profile(Measuring measuring) throws IOException {
    List<Profile> profiles = new ArrayList<>();
    for (Row row : rows().filter(Row::isProfiled).toList()) {
      for (Server server : servers(row).stream().filter(Server::isJava).toList()) {
        profiles.add(measuring.profile(row, server));
      }
    }
    String tables = ProfileTable.of(profiles);
    Files.writeString(output.resolve("profile.md"), tables);
    System.out.println(tables);
  }

  private Stream<Row> rows() {
    return Stream.of(Row.values()).filter(this::isChosen);
  }

  private List<Server> servers(Row row) {
    return Stream.of(Server.values()).filter(servers::includes).filter(s -> s.takes(row)).toList();
  }

  private void check() {
    if (!Files.isReadable(Path.of("/proc/self/stat"))) {
      throw wrong("CPU times are read from /proc, which this system does not have: needs Linux");
    }
    List<String> known = Stream.of(Row.values()).map(Row::id).toList();
    for (String row : rows) {
      if (!known.contains(row)) {
        throw wrong("--rows: no row '" + row + "', there are " + String.join(", ", known));
      }
    }
    servers.check();
  }

  private ParameterException wrong(String message) {
    return ServerChoice.wrong(spec, message);
  }

  private boolean isChosen(Row row) {
    return rows.isEmpty() || rows.contains(row.id());
  }
}
