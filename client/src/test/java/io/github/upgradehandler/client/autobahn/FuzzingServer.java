package io.github.upgradehandler.client.autobahn;

import com.google.gson.Gson;
import com.google.gson.reflect.TypeToken;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import me.normanmaurer.maven.autobahntestsuite.AutobahnTestSuite;
import org.python.util.jython;

/** The fuzzing server of the Autobahn suite, 0.5.6, run by Jython in a process of its own. */
final class FuzzingServer implements AutoCloseable {

  static final String AGENT = "client";

  private final Path directory;
  private final int port;
  private final Process process;

  /**
   * Starts it, and waits until it listens.
   *
   * @param directory gets the suite's log and its reports
   */
  FuzzingServer(Path directory, List<String> cases) throws IOException, InterruptedException {
    this.directory = directory.toAbsolutePath();
    this.port = freePort();
    Files.createDirectories(this.directory);
    Path spec = this.directory.resolve("spec.json");
    Files.writeString(
        spec,
        new Gson()
            .toJson(
                Map.of(
                    "url", uri(""),
                    "outdir", this.directory.toString(),
                    "cases", cases,
                    "exclude-cases", List.of(),
                    "exclude-agent-cases", Map.of(),
                    "options", Map.of("failByDrop", false, "closeHandshakeTimeout", 5))));
    copy("patience.py");
    Path log = this.directory.resolve("suite.log");
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                archiveOf(jython.class) + File.pathSeparator + archiveOf(AutobahnTestSuite.class),
                jython.class.getName(),
                copy("fuzzing_server.py").toString(),
                spec.toString())
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    awaitListening(log);
  }

  String uri(String path) {
    return "ws://127.0.0.1:" + port + path;
  }

  /** What it says of each case: of the messages, and of the closing. */
  List<String> results() throws IOException {
    List<String> results = new ArrayList<>();
    try (var reader = Files.newBufferedReader(directory.resolve("index.json"))) {
      Map<String, Map<String, Map<String, String>>> agents =
          new Gson().fromJson(reader, new TypeToken<>() {});
      agents
          .get(AGENT)
          .forEach(
              (id, said) ->
                  results.add(id + "\t" + said.get("behavior") + "\t" + said.get("behaviorClose")));
    }
    return results;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  private void awaitListening(Path log) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    while (true) {
      try (Socket probe = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - begin > TimeUnit.MINUTES.toNanos(2)) {
          process.destroyForcibly();
          throw new IOException("the suite does not start, see " + log, e);
        }
        process.waitFor(100, TimeUnit.MILLISECONDS);
      }
    }
  }

  private Path copy(String script) throws IOException {
    Path copy = directory.resolve(script);
    try (InputStream resource = FuzzingServer.class.getResourceAsStream("/autobahn/" + script)) {
      Files.copy(resource, copy, StandardCopyOption.REPLACE_EXISTING);
    }
    return copy;
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }

  private static Path archiveOf(Class<?> type) {
    try {
      return Path.of(type.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IllegalStateException(e);
    }
  }
}
