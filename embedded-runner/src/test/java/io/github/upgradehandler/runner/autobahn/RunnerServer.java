package io.github.upgradehandler.runner.autobahn;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;

/** The runner's jar with the sample's echo, on a free port. */
record RunnerServer(Process process, URI uri) implements EchoServer {

  private static final Path JAR = Path.of("target", "embedded-runner.jar");
  private static final long LIMIT_SECONDS = 30;

  static RunnerServer start() throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                JAR.toString(),
                "--port",
                "0")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    try {
      String address =
          CompletableFuture.supplyAsync(() -> firstLine(process))
              .orTimeout(LIMIT_SECONDS, SECONDS)
              .join();
      return new RunnerServer(process, URI.create(address.replaceFirst("^http", "ws") + "echo"));
    } catch (RuntimeException e) {
      process.destroyForcibly();
      throw e;
    }
  }

  private static String firstLine(Process process) {
    try {
      String line = process.inputReader(UTF_8).readLine();
      if (line == null) {
        throw new IllegalStateException(JAR + " printed no address");
      }
      return line;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    // Ended in good order it removes its temporary files.
    process.destroy();
    try {
      process.onExit().orTimeout(LIMIT_SECONDS, SECONDS).join();
    } finally {
      process.destroyForcibly();
    }
  }
}
