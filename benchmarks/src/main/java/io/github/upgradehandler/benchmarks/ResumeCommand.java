package io.github.upgradehandler.benchmarks;

import io.github.upgradehandler.benchmarks.load.Cpus;
import io.github.upgradehandler.benchmarks.load.Server;
import io.github.upgradehandler.benchmarks.report.JsonLines;
import io.github.upgradehandler.benchmarks.report.ResumeReport;
import io.github.upgradehandler.benchmarks.resume.ResumeMeasurement;
import io.github.upgradehandler.benchmarks.resume.Resuming;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What it takes that many come back. */
@Command(
    name = "resume",
    description =
        "Measures how long it takes that 100 clients come back to two nodes with one Redis and have"
            + " what they missed, after 10,000 messages to others.",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ResumeCommand implements Callable<Integer> {

  /** Those that keep what is sent in Redis. */
  private static final List<Server> SERVERS =
      List.of(Server.JETTY_OURS, Server.JETTY_SOCKET_IO, Server.NODE_SOCKET_IO);

  @Mixin private ServerChoice servers = new ServerChoice();

  @Option(names = "--output", paramLabel = "DIRECTORY", description = "Where results go.")
  private Path output = Path.of("benchmarks", "results");

  @Override
  public Integer call() throws IOException, InterruptedException, URISyntaxException {
    servers.check();
    Resuming resuming = new Resuming(Cpus.divide(), Main.jar());
    Files.createDirectories(output);
    Path results = output.resolve("resume.jsonl");
    Files.deleteIfExists(results);
    for (Server server : SERVERS.stream().filter(servers::includes).toList()) {
      for (ResumeMeasurement each : resuming.measure(server)) {
        JsonLines.add(results, each);
      }
    }
    ResumeReport.write(results);
    System.out.print(Files.readString(output.resolve("resume.md")));
    return 0;
  }
}
