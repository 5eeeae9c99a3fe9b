package io.github.upgradehandler.containers;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** A Redis of Debian's package that keeps nothing. */
final class RedisProcess implements AutoCloseable {

  private static final Path DIRECTORY = Path.of("target", "running", "redis");

  private final Process process;
  private final int port;

  private RedisProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  static RedisProcess start() throws IOException {
    int port = Place.freePort();
    Path log = Files.createDirectories(DIRECTORY).resolve("output.log");
    List<String> command =
        List.of(
            "redis-server", "--bind", "127.0.0.1", "--port", Integer.toString(port), "--save", "");
    RedisProcess started =
        new RedisProcess(
            new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start(),
            port);
    Waiting.until(
        "Redis listens: " + Files.readString(log, UTF_8),
        Duration.ofSeconds(20),
        started::isListening);
    return started;
  }

  private boolean isListening() {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      return socket.isConnected();
    } catch (IOException e) {
      return false;
    }
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  @Override
  public void close() {
    process.destroyForcibly();
  }
}
