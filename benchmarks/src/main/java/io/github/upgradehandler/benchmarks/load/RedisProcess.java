package io.github.upgradehandler.benchmarks.load;

import io.github.upgradehandler.benchmarks.server.FreePort;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A Redis that keeps nothing on disk, where the servers run. */
final class RedisProcess implements AutoCloseable {

  private final Process process;
  private final int port;

  private RedisProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** Starts it, and waits until it listens. */
  static RedisProcess start(Cpus cpus) throws IOException {
    int port = FreePort.find();
    List<String> command = new ArrayList<>(cpus.serverPrefix());
    command.addAll(List.of("redis-server", "--bind", "127.0.0.1", "--port", "" + port));
    command.addAll(List.of("--save", "", "--appendonly", "no"));
    try {
      RedisProcess redis =
          new RedisProcess(new ProcessBuilder(command).redirectErrorStream(true).start(), port);
      redis.awaitReady();
      return redis;
    } catch (IOException e) {
      throw new LoadException("there is no redis-server, which makes two nodes one", e);
    }
  }

  /** Its log goes on into a pipe that nobody reads; it is far from full. */
  private void awaitReady() throws IOException {
    BufferedReader log = process.inputReader(StandardCharsets.UTF_8);
    @Nullable String line = log.readLine();
    while (line != null && !line.contains("Ready to accept connections")) {
      line = log.readLine();
    }
    if (line == null) {
      throw new LoadException("redis-server has ended");
    }
  }

  String uri() {
    return "redis://127.0.0.1:" + port;
  }

  long pid() {
    return process.pid();
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
