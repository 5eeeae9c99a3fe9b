package io.github.upgradehandler.runner.clients;

import io.github.upgradehandler.runner.RunnerProcess;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

/** The runner in a process of its own, to be killed and started again at the same address. */
final class RestartableRunner implements AutoCloseable {

  /** A runner that is killed leaves its files behind. */
  private static final Path TEMPORARY = Directories.TARGET.resolve("clients-tmp");

  private RunnerProcess process;
  private URI address;

  private RestartableRunner(int port) throws Exception {
    start(port);
  }

  static RestartableRunner start() throws Exception {
    return new RestartableRunner(0);
  }

  private void start(int port) throws Exception {
    process =
        RunnerProcess.start(Files.createDirectories(TEMPORARY), "--port", String.valueOf(port));
    address = process.uri();
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
  void kill() throws Exception {
    process.kill();
  }

  /** Ends it in good order. */
  void stop() throws Exception {
    process.stop();
  }

  /** Lets it stand still, as a computer does that is too busy: its connections stay open. */
  void freeze() throws Exception {
    process.signal("STOP");
  }

  void thaw() throws Exception {
    process.signal("CONT");
  }

  /** Starts it again at the address that its clients know. */
  void startAgain() throws Exception {
    start(address.getPort());
  }

  @Override
  public void close() {
    process.close();
  }
}
