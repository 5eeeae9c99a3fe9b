package io.github.upgradehandler.benchmarks;

import io.github.upgradehandler.benchmarks.load.Server;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Which servers are measured; an option of several commands. */
final class ServerChoice {

  @Spec(Spec.Target.MIXEE)
  private @Nullable CommandSpec command;

  @Option(
      names = "--servers",
      split = ",",
      paramLabel = "ID",
      description = "Servers, as jetty, jetty/native or /native; without it, all.")
  private List<String> servers = List.of();

  /**
   * Checks that there are such servers.
   *
   * @throws ParameterException if there is one that is not; names it
   */
  void check() {
    for (String wanted : servers) {
      if (Stream.of(Server.values()).noneMatch(server -> isMeant(server, wanted))) {
        throw wrong(
            command,
            "--servers: no server '"
                + wanted
                + "', there are "
                + Stream.of(Server.values()).map(Server::id).collect(Collectors.joining(", ")));
      }
    }
  }

  boolean includes(Server server) {
    return servers.isEmpty() || servers.stream().anyMatch(wanted -> isMeant(server, wanted));
  }

  /** What a command throws that is asked for something wrong. */
  static ParameterException wrong(@Nullable CommandSpec command, String message) {
    if (command == null) {
      throw new IllegalStateException("not run by picocli");
    }
    return new ParameterException(command.commandLine(), message);
  }

  private static boolean isMeant(Server server, String wanted) {
    return server.id().equals(wanted)
        || server.id().startsWith(wanted + "/")
        || (wanted.startsWith("/") && server.id().endsWith(wanted));
  }
}
