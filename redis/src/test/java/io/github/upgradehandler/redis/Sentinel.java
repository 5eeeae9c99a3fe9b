package io.github.upgradehandler.redis;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** One Sentinel of Debian's package, which decides alone. */
final class Sentinel implements AutoCloseable {

  static final String MASTER = "main";

  private final int port;
  private final Process process;

  private Sentinel(int port, Process process) {
    this.port = port;
    this.process = process;
  }

  /**
   * Starts one, and waits until it knows the master and its replica.
   *
   * @param directory becomes its own
   */
  static Sentinel run(Path directory, RedisServer master) throws IOException {
    int port = RedisServer.freePort();
    Path file = directory.resolve("sentinel.conf");
    String server = MASTER + " 127.0.0.1 " + master.port() + " 1";
    Files.writeString(
        file,
        String.join(
            "\n",
            "port " + port,
            "bind 127.0.0.1",
            "dir " + directory.toAbsolutePath(),
            "sentinel monitor " + server,
            "sentinel down-after-milliseconds " + MASTER + " 500",
            "sentinel failover-timeout " + MASTER + " 5000",
            ""));
    Process process =
        new ProcessBuilder("redis-sentinel", file.toAbsolutePath().toString())
            .redirectErrorStream(true)
            .redirectOutput(directory.resolve("log").toFile())
            .start();
    Sentinel sentinel = new Sentinel(port, process);
    Patience.until(
        () -> "Sentinel knows the replica", () -> sentinel.knowsReplica(directory.resolve("log")));
    return sentinel;
  }

  private boolean knowsReplica(Path log) {
    if (!process.isAlive()) {
      throw new AssertionError("redis-sentinel has ended");
    }
    try {
      return Files.readString(log).contains("+slave ");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  String uri() {
    return "redis-sentinel://127.0.0.1:" + port + "/0#" + MASTER;
  }

  @Override
  public void close() throws InterruptedException {
    process.destroyForcibly().waitFor(10, TimeUnit.SECONDS);
  }
}
