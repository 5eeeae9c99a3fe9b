package io.github.upgradehandler.benchmarks.load;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** What a row is measured on: a server, or two that are one by a Redis. */
public final class Nodes implements AutoCloseable {

  private static final int SHARING = 2;

  private final @Nullable RedisProcess redis;
  private final List<ServerProcess> servers = new ArrayList<>();

  private Nodes(@Nullable RedisProcess redis) {
    this.redis = redis;
  }

  /** Starts them, and waits until they listen. */
  public static Nodes start(Server server, Row row, Cpus cpus, Path jar) throws IOException {
    if (row.sharing() == Sharing.NONE) {
      return new Nodes(null).with(1, server, ServerSetup.of(row, ""), cpus, jar);
    }
    RedisProcess redis = RedisProcess.start(cpus);
    return new Nodes(redis).with(SHARING, server, ServerSetup.of(row, redis.uri()), cpus, jar);
  }

  private Nodes with(int count, Server server, ServerSetup setup, Cpus cpus, Path jar)
      throws IOException {
    try {
      while (servers.size() < count) {
        servers.add(ServerProcess.start(server, setup, cpus, jar));
      }
      return this;
    } catch (IOException | LoadException e) {
      close();
      throw e;
    }
  }

  /** The only one, or one of them. */
  ServerProcess first() {
    return servers.get(0);
  }

  /** Where they listen. */
  public List<InetSocketAddress> addresses() {
    return servers.stream().map(ServerProcess::address).toList();
  }

  /** Of all whose CPU time counts. */
  public long[] pids() {
    LongStream each = servers.stream().mapToLong(ServerProcess::pid);
    return (redis == null ? each : LongStream.concat(each, LongStream.of(redis.pid()))).toArray();
  }

  /** See {@link Subprocess#lastError}. */
  public String lastError() {
    return servers.stream().map(ServerProcess::lastError).collect(Collectors.joining());
  }

  @Override
  public void close() {
    servers.forEach(ServerProcess::close);
    if (redis != null) {
      redis.close();
    }
  }
}
