package io.github.upgradehandler.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Path;

/** An {@link EchoServerMain} that can be killed, as a server is that fails. */
final class EchoServerProcess implements AutoCloseable {

  private final Process process;
  private final int port;

  private EchoServerProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it, and waits until it listens.
   *
   * @param port 0 for any
   */
  static EchoServerProcess start(int port) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                EchoServerMain.class.getName(),
                Integer.toString(port))
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String line = process.inputReader(UTF_8).readLine();
    if (line == null) {
      process.destroyForcibly();
      throw new IOException("the server does not start");
    }
    return new EchoServerProcess(process, Integer.parseInt(line));
  }

  int port() {
    return port;
  }

  String uri() {
    return "ws://127.0.0.1:" + port + "/socket";
  }

  /** Ends it without a word to its clients, and waits for that. */
  void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
