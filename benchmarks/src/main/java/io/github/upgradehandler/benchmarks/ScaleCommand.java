package io.github.upgradehandler.benchmarks;

import com.google.gson.Gson;
import io.github.upgradehandler.benchmarks.load.Cpus;
import io.github.upgradehandler.benchmarks.load.Machine;
import io.github.upgradehandler.benchmarks.load.Server;
import io.github.upgradehandler.benchmarks.report.JsonLines;
import io.github.upgradehandler.benchmarks.report.ScaleReport;
import io.github.upgradehandler.benchmarks.scale.Scaling;
import io.github.upgradehandler.benchmarks.scale.WithoutSockets;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** What many connections cost. */
@Command(
    name = "scale",
    description =
        "Measures servers with many connections, most of them quiet: memory, CPU, the time of a"
            + " broadcast and of a drain. A process may need as many descriptors (ulimit -n).",
    mixinStandardHelpOptions = true,
    showDefaultValues = true)
final class ScaleCommand implements Callable<Integer> {

  /** Those that have a counterpart. */
  private static final List<Server> SERVERS =
      List.of(
          Server.JETTY_OURS,
          Server.JETTY_NATIVE,
          Server.TOMCAT_OURS,
          Server.TOMCAT_NATIVE,
          Server.UNDERTOW_OURS,
          Server.UNDERTOW_NATIVE);

  @Mixin private ServerChoice servers = new ServerChoice();

  @Option(
      names = "--connections",
      split = ",",
      paramLabel = "NUMBER",
      description = "How many, in turn.")
  private List<Integer> connections = List.of(1000, 3000, 9000, 18_000);

  @Option(
      names = "--without-sockets",
      paramLabel = "NUMBER",
      description =
          "The library alone in this process, with so many connections, instead; the JVM needs"
              + " 2 KiB of heap for each (-Xmx).")
  private int withoutSockets;

  @Option(names = "--output", paramLabel = "DIRECTORY", description = "Where results go.")
  private Path output = Path.of("benchmarks", "results");

  @Option(names = "--append", description = "Adds to the results that are there.")
  private boolean append;

  @Override
  public Integer call() throws IOException, InterruptedException, URISyntaxException {
    servers.check();
    if (withoutSockets > 0) {
      System.out.println(new Gson().toJson(WithoutSockets.measure(withoutSockets)));
      return 0;
    }
    Path jar = Main.jar();
    Cpus cpus = Cpus.divide();
    Scaling scaling = new Scaling(cpus, jar);
    Files.createDirectories(output);
    Path results = output.resolve("scale.jsonl");
    if (!append) {
      Files.deleteIfExists(results);
    }
    Files.write(output.resolve("scale-machine.txt"), Machine.describe(jar, cpus, Scaling.HEAP_GIB));
    for (int count : connections) {
      for (Server server : SERVERS.stream().filter(servers::includes).toList()) {
        JsonLines.add(results, scaling.measure(server, count));
      }
    }
    ScaleReport.write(results);
    return 0;
  }
}
