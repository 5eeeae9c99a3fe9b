package io.github.upgradehandler.benchmarks.load;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What results hold for. */
public final class Machine {

  private static final Pattern SERVER_JAR =
      Pattern.compile(
          "(jetty-server|tomcat-embed-core|undertow-core|tyrus-core|netty-codec-http)-(\\d.*)\\.jar");

  private Machine() {}

  /**
   * The machine and the versions, in one sentence each.
   *
   * @param jar benchmarks.jar, with the servers' jars beside it
   * @param heapGiB of each server
   */
  public static List<String> describe(Path jar, Cpus cpus, int heapGiB) throws IOException {
    String cpuInfo = Files.readString(Path.of("/proc/cpuinfo"));
    return List.of(
        values(cpuInfo, "model name").stream().findFirst().orElse("unknown CPU")
            + ", "
            + values(cpuInfo, "processor").size()
            + " CPUs, "
            + cpus.description()
            + ".",
        System.getProperty("os.name")
            + " "
            + System.getProperty("os.version")
            + ", JDK "
            + System.getProperty("java.runtime.version")
            + ", servers with "
            + String.join(" ", ServerSetup.flags(heapGiB))
            + ".",
        versions(jar.resolveSibling("servers")) + ".");
  }

  private static String versions(Path servers) throws IOException {
    try (Stream<Path> files = Files.walk(servers)) {
      return files
          .map(Path::toString)
          .map(name -> SERVER_JAR.matcher(name.substring(name.lastIndexOf(File.separatorChar) + 1)))
          .filter(Matcher::matches)
          .map(matcher -> matcher.group(1) + " " + matcher.group(2))
          .sorted()
          .collect(Collectors.joining(", "));
    }
  }

  private static List<String> values(String text, String name) {
    return text.lines()
        .filter(line -> line.startsWith(name))
        .map(line -> line.substring(line.indexOf(':') + 1).strip())
        .toList();
  }
}
