package io.github.upgradehandler.runner.autobahn;

import io.github.upgradehandler.runner.RunnerProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The runner's jar with the sample's echo, on a free port. */
record RunnerServer(RunnerProcess process, URI uri) implements EchoServer {

  private static final Path TEMPORARY = Path.of("target", "autobahn-tmp");

  static RunnerServer start() throws Exception {
    RunnerProcess process =
        RunnerProcess.start(Files.createDirectories(TEMPORARY.toAbsolutePath()), "--port", "0");
    try {
      URI page = process.uri();
      return new RunnerServer(
          process, URI.create(page.resolve("echo").toString().replaceFirst("^http", "ws")));
    } catch (Exception e) {
      process.close();
      throw e;
    }
  }

  @Override
  public void close() throws Exception {
    process.stop();
  }
}
