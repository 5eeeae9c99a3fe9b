package io.github.upgradehandler.runner.clients;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The runner's jar in a process of its own, so that it can be killed, and started again at the same
 * address.
 */
final class RestartableRunner implements AutoCloseable {

  private static final Path JAR = Directories.TARGET.resolve("embedded-runner.jar");

  /** A runner that is killed leaves its files behind. */
  private static final Path TEMPORARY = Directories.TARGET.resolve("clients-tmp");

  private static final Duration START_LIMIT = Duration.ofSeconds(30);
  private static final Pattern ADDRESS = Pattern.compile("https?://\\S+");

  private ChildProcess process;
  private URI address;

  private RestartableRunner() {}

  static RestartableRunner start() throws Exception {
    RestartableRunner runner = new RestartableRunner();
    runner.start(0);
    return runner;
  }

  private void start(int port) throws Exception {
    if (!Files.isRegularFile(JAR)) {
      throw new AssertionError(JAR + " is not there: it is made by `mvn package`");
    }
    CompletableFuture<URI> printed = new CompletableFuture<>();
    ProcessBuilder builder =
        new ProcessBuilder(
            Directories.java().toString(),
            "-Djava.io.tmpdir=" + Files.createDirectories(TEMPORARY),
            "-jar",
            JAR.toString(),
            "--port",
            String.valueOf(port));
    process = ChildProcess.start(builder, (source, line) -> findAddress(line, printed));
    try {
      address = printed.get(START_LIMIT.toMillis(), TimeUnit.MILLISECONDS);
    } catch (Exception e) {
      process.kill();
      throw new AssertionError("the runner printed no address\n" + process.output(), e);
    }
  }

  private static void findAddress(String line, CompletableFuture<URI> printed) {
    Matcher found = ADDRESS.matcher(line);
    if (found.find()) {
      String text = found.group();
      printed.complete(URI.create(text.endsWith("/") ? text : text + "/"));
    }
  }

  /** The page, with a slash at the end. */
  URI address() {
    return address;
  }

  /** An endpoint, relative to the page. */
  URI webSocket(String path) {
    return URI.create("ws" + address.resolve(path).toString().substring("http".length()));
  }

  /** Ends it as a power cut would. */
  void kill() {
    process.kill();
  }

  /** Ends it in good order. */
  void stop() {
    process.stop();
  }

  /** Starts it again at the address that its clients know. */
  void startAgain() throws Exception {
    start(address.getPort());
  }

  @Override
  public void close() {
    if (process.isAlive()) {
      process.kill();
    }
  }
}
