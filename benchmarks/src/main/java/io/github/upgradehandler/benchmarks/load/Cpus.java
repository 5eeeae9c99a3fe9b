package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * Which CPU the server has, and which the client: the first and the last that this process may use,
 * which are least likely to share a core.
 */
public final class Cpus {

  private final List<String> serverPrefix;
  private final List<String> clientPrefix;
  private final String description;

  private Cpus(List<String> serverPrefix, List<String> clientPrefix, String description) {
    this.serverPrefix = serverPrefix;
    this.clientPrefix = clientPrefix;
    this.description = description;
  }

  /** Binds this process, with all threads, to the client's CPU if there are two and taskset. */
  public static Cpus divide() throws IOException, InterruptedException {
    List<Integer> allowed = allowed();
    if (allowed.size() < 2) {
      return new Cpus(List.of(), List.of(), "server and client share one CPU");
    }
    String server = allowed.get(0).toString();
    String client = allowed.get(allowed.size() - 1).toString();
    try {
      Process taskset =
          new ProcessBuilder(
                  "taskset", "-a", "-c", "-p", client, Long.toString(ProcessHandle.current().pid()))
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .redirectError(ProcessBuilder.Redirect.DISCARD)
              .start();
      if (taskset.waitFor(10, TimeUnit.SECONDS) && taskset.exitValue() == 0) {
        return new Cpus(
            List.of("taskset", "-c", server),
            List.of("taskset", "-c", client),
            "server on CPU " + server + ", client on CPU " + client);
      }
    } catch (IOException e) {
      // There is no taskset: told below.
    }
    return new Cpus(List.of(), List.of(), "server and client on any CPU, for want of taskset");
  }

  /** Who runs where. */
  public String description() {
    return description;
  }

  /** The other way round: for a client that is a process of its own, and is what is measured. */
  public Cpus exchanged() {
    return new Cpus(
        /* serverPrefix= */ clientPrefix, /* clientPrefix= */ serverPrefix, description);
  }

  /** What stands in front of the command of a client that is a process of its own. */
  public List<String> clientPrefix() {
    return clientPrefix;
  }

  /** What stands in front of the server's command. */
  List<String> serverPrefix() {
    return serverPrefix;
  }

  private static List<Integer> allowed() throws IOException {
    List<Integer> allowed = new ArrayList<>();
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("Cpus_allowed_list:")) {
        for (String range : line.substring(line.indexOf(':') + 1).trim().split(",", -1)) {
          String[] ends = range.split("-", -1);
          for (int cpu = Integer.parseInt(ends[0]);
              cpu <= Integer.parseInt(ends[ends.length - 1]);
              cpu++) {
            allowed.add(cpu);
          }
        }
      }
    }
    return allowed;
  }
}
