package io.github.upgradehandler.redis;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A Redis of Debian's package, in a directory of its own; another by {@code -Dredis.server=PATH}.
 * Fails if it is not installed.
 */
public final class RedisServer implements AutoCloseable {

  private static final String PROGRAM = System.getProperty("redis.server", "redis-server");
  private static final Path DIRECTORIES = Path.of("target", "redis");

  private final int port;
  private final Path directory;
  private final List<String> options;
  private Process process;

  private RedisServer(int port, Path directory, List<String> options) {
    this.port = port;
    this.directory = directory;
    this.options = options;
  }

  /**
   * Starts one.
   *
   * @param options such as {@code --appendonly yes}; without any it keeps nothing
   */
  public static RedisServer run(String... options) throws IOException {
    return run(freePort(), options);
  }

  /** Starts one that talks TLS alone. */
  static RedisServer runTls(Path certificate, Path key) throws IOException {
    int port = freePort();
    return run(
        port,
        "--port",
        "0",
        "--tls-port",
        Integer.toString(port),
        "--tls-auth-clients",
        "no",
        "--tls-cert-file",
        certificate.toString(),
        "--tls-key-file",
        key.toString(),
        "--tls-ca-cert-file",
        certificate.toString());
  }

  private static RedisServer run(int port, String... options) throws IOException {
    Files.createDirectories(DIRECTORIES);
    Path directory = Files.createTempDirectory(DIRECTORIES, "server").toAbsolutePath();
    List<String> all = new ArrayList<>(List.of(options));
    if (!all.contains("--save")) {
      all.addAll(List.of("--save", ""));
    }
    RedisServer server = new RedisServer(port, directory, all);
    server.restart();
    return server;
  }

  /** Starts it again, where it was, with what it has kept. */
  public void restart() throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(PROGRAM, "--bind", "127.0.0.1", "--dir", directory.toString()));
    if (!options.contains("--port")) {
      command.addAll(List.of("--port", Integer.toString(port)));
    }
    command.addAll(options);
    process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(directory.resolve("log").toFile()))
            .start();
    awaitListening();
  }

  private void awaitListening() throws IOException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(20);
    while (true) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return;
      } catch (IOException e) {
        if (!process.isAlive() || System.nanoTime() - end > 0) {
          throw new AssertionError(
              PROGRAM + " does not listen\n" + Files.readString(directory.resolve("log")), e);
        }
        Thread.onSpinWait();
      }
    }
  }

  public int port() {
    return port;
  }

  public String uri() {
    return "redis://127.0.0.1:" + port;
  }

  /** Ends it as a power failure would. */
  public void kill() throws InterruptedException {
    process.destroyForcibly().waitFor();
  }

  /** Stops it without ending it, as a machine that is short of everything does. */
  public void pause() throws IOException, InterruptedException {
    Signal.STOP.send(process);
  }

  public void goOn() throws IOException, InterruptedException {
    Signal.CONT.send(process);
  }

  /** Sends a command, and answers with the first line of what comes back. */
  public String command(String... words) throws IOException {
    StringBuilder text = new StringBuilder("*" + words.length + "\r\n");
    for (String word : words) {
      text.append('$').append(word.getBytes(StandardCharsets.UTF_8).length).append("\r\n");
      text.append(word).append("\r\n");
    }
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(10_000);
      socket.getOutputStream().write(text.toString().getBytes(StandardCharsets.UTF_8));
      InputStream in = socket.getInputStream();
      return new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8)).readLine();
    }
  }

  public static int freePort() throws IOException {
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return free.getLocalPort();
    }
  }

  @Override
  public void close() throws InterruptedException {
    kill();
  }
}
