package io.github.upgradehandler.runner.autobahn;

import static java.util.concurrent.TimeUnit.SECONDS;
import static java.util.stream.Collectors.toMap;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;
import org.python.util.jython;

/**
 * The fuzzing client of the Autobahn suite, run by Jython in a process of its own: it keeps its
 * state in Python modules, so that one process has one run.
 */
final class AutobahnSuite {

  private static final String AGENT = "server";
  private static final Duration TO_START_AND_REPORT = Duration.ofMinutes(1);

  private final Path directory;

  /** Writes the log and the suite's reports, as JSON and as HTML, to the directory. */
  AutobahnSuite(Path directory) {
    this.directory = directory.toAbsolutePath();
  }

  /** Runs the groups; cases that the limit cut off are missing from the results. */
  Map<CaseId, CaseResult> run(URI server, Collection<Integer> groups, Duration limit)
      throws IOException, InterruptedException {
    Files.createDirectories(directory);
    Path index = directory.resolve("index.json");
    Files.deleteIfExists(index);
    Path spec = directory.resolve("spec.json");
    Files.writeString(spec, new Gson().toJson(spec(server, groups)));

    copy("patience.py");
    Path script = copy("fuzzing_client.py");

    Path log = directory.resolve("suite.log");
    Process process =
        new ProcessBuilder(command(script, spec, limit))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      if (!process.waitFor(limit.plus(TO_START_AND_REPORT).toSeconds(), SECONDS)) {
        throw new IOException("the suite did not end, see " + log);
      }
    } finally {
      process.destroyForcibly();
    }
    if (process.exitValue() != 0 || !Files.exists(index)) {
      throw new IOException("the suite ended with " + process.exitValue() + ", see " + log);
    }
    return parse(index);
  }

  private Path copy(String script) throws IOException {
    Path copy = directory.resolve(script);
    try (InputStream resource = AutobahnSuite.class.getResourceAsStream("/autobahn/" + script)) {
      Files.copy(resource, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  private Map<String, Object> spec(URI server, Collection<Integer> groups) {
    return Map.of(
        "outdir", directory.toString(),
        "servers", List.of(Map.of("agent", AGENT, "url", server.toString())),
        "cases", groups.stream().map(group -> group + ".*").toList(),
        // Without failByDrop the suite ends a connection as the RFC wants, with a close frame. The
        // two timeouts are 1 s by default, too short for a busy machine.
        "options",
            Map.of(
                "failByDrop", false,
                "closeHandshakeTimeout", 5,
                "serverConnectionDropTimeout", 5));
  }

  private static List<String> command(Path script, Path spec, Duration limit) {
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx512m",
        "-cp",
        archiveOf(jython.class) + File.pathSeparator + archiveOf(AutobahnTestSuite.class),
        jython.class.getName(),
        script.toString(),
        spec.toString(),
        String.valueOf(limit.toSeconds()));
  }

  private static Path archiveOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Map<CaseId, CaseResult> parse(Path index) throws IOException {
    try (var reader = Files.newBufferedReader(index)) {
      var agents =
          new Gson().fromJson(reader, new TypeToken<Map<String, Map<String, CaseResult>>>() {});
      return agents.getOrDefault(AGENT, Map.of()).entrySet().stream()
          .collect(toMap(entry -> CaseId.parse(entry.getKey()), Map.Entry::getValue));
    }
  }
}
