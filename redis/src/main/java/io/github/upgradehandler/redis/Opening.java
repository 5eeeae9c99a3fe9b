package io.github.upgradehandler.redis;

import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.api.StatefulConnection;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.pubsub.StatefulRedisPubSubConnection;
import java.lang.System.Logger.Level;
import java.security.GeneralSecurityException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Makes a {@link Link}, and finds out whether all that is needed works. */
final class Opening {

  /** Commands and options of them that the scripts use are from there. */
  private static final int LEAST_MAJOR = 6;

  private static final int LEAST_MINOR = 2;

  private final RedisClient client;
  private final RedisURI uri;
  private final Worker worker;
  private final Names names;
  private final AtomicBoolean warned = new AtomicBoolean();

  /**
   * Opens nothing yet.
   *
   * @param namespace of all names
   */
  Opening(Client client, String namespace) {
    this.client = client.redis();
    this.uri = client.uri();
    this.worker = client.worker();
    this.names = new Names(namespace, "trial");
  }

  /** Where one link finds out whether it is alive. */
  byte[] probeChannel() {
    return names.pushes(Calls.newName());
  }

  /** Which server, for messages. */
  String address() {
    if (uri.getSentinels().isEmpty()) {
      return uri.getHost() + ":" + uri.getPort();
    }
    StringBuilder all = new StringBuilder(uri.getSentinelMasterId() + " by Sentinel at ");
    uri.getSentinels()
        .forEach(one -> all.append(one.getHost()).append(':').append(one.getPort()).append(' '));
    return all.toString().trim();
  }

  /** Called by the worker; the stage is completed by any thread. */
  CompletionStage<Link> open() {
    return CompletableFuture.completedStage(uri)
        .thenCompose(at -> client.connectAsync(ByteArrayCodec.INSTANCE, at)) // or it throws
        .thenCompose(
            commands ->
                orClose(
                    client
                        .connectPubSubAsync(ByteArrayCodec.INSTANCE, uri)
                        .thenCompose(pushes -> orClose(check(commands, pushes), pushes)),
                    commands))
        .handle(
            (link, error) -> {
              if (link == null) {
                throw new CompletionException(explained(error));
              }
              return link;
            });
  }

  private static <T> CompletionStage<T> orClose(
      CompletionStage<T> result, StatefulConnection<byte[], byte[]> connection) {
    return result.whenComplete(
        (done, error) -> {
          if (error != null) {
            CompletableFuture<Void> unused = connection.closeAsync();
          }
        });
  }

  private CompletionStage<Link> check(
      StatefulRedisConnection<byte[], byte[]> commands,
      StatefulRedisPubSubConnection<byte[], byte[]> pushes) {
    return info(commands)
        .thenCompose(
            server ->
                scripts(commands)
                    .thenApplyAsync(
                        digests -> {
                          commands.setAutoFlushCommands(false);
                          return new Link(
                              commands, pushes, new Subscriptions(pushes, worker), digests, server);
                        },
                        worker))
        .thenComposeAsync(this::tried, worker);
  }

  private CompletionStage<ServerInfo> info(StatefulRedisConnection<byte[], byte[]> commands) {
    CompletionStage<ServerInfo> known =
        commands
            .async()
            .info("server")
            .thenCombine(commands.async().info("replication"), Opening::checked);
    return known.exceptionally(
        error -> {
          if (!RedisErrors.code(error).equals("NOPERM")) {
            throw new CompletionException(error);
          }
          if (!warned.getAndSet(true)) {
            Worker.LOG.log(
                Level.WARNING,
                "the user of Redis may not use INFO: a Redis that loses the end of a log is not"
                    + " noticed at once");
          }
          return ServerInfo.UNKNOWN;
        });
  }

  private static ServerInfo checked(String server, String replication) {
    Map<String, String> about = ServerInfo.parse(server);
    Map<String, String> role = ServerInfo.parse(replication);
    if ("cluster".equals(about.get("redis_mode"))) {
      throw new RedisStartException("it is part of a cluster, which is not supported");
    }
    if (!"master".equals(role.getOrDefault("role", "master"))) {
      throw new RedisStartException(
          "it is a replica of "
              + role.get("master_host")
              + ":"
              + role.get("master_port")
              + ": name the master, or Sentinel by redis-sentinel://");
    }
    String version = about.getOrDefault("redis_version", "");
    if (isTooOld(version)) {
      throw new RedisStartException("it is Redis " + version + "; needed is 6.2 or later");
    }
    return new ServerInfo(about.getOrDefault("run_id", ""), role.getOrDefault("master_replid", ""));
  }

  private static boolean isTooOld(String version) {
    String[] parts = version.split("\\.", -1);
    try {
      int major = Integer.parseInt(parts[0]);
      return major < LEAST_MAJOR
          || (major == LEAST_MAJOR && Integer.parseInt(parts[1]) < LEAST_MINOR);
    } catch (NumberFormatException | ArrayIndexOutOfBoundsException e) {
      return false; // what the commands need is tried anyway
    }
  }

  private static CompletionStage<Map<Script, String>> scripts(
      StatefulRedisConnection<byte[], byte[]> commands) {
    CompletionStage<Map<Script, String>> all =
        CompletableFuture.completedStage(new EnumMap<>(Script.class));
    for (Script script : Script.values()) {
      all =
          all.thenCombine(
              commands.async().scriptLoad(script.text()),
              (digests, digest) -> {
                digests.put(script, digest);
                return digests;
              });
    }
    return all;
  }

  /** Appends, reads and gets what is pushed, as for a room. */
  private CompletionStage<Link> tried(Link link) {
    CompletableFuture<byte[]> pushed = new CompletableFuture<>();
    byte[] channel = names.pushes("");
    Calls calls = new Calls(names);
    worker.after(uri.getTimeout(), () -> pushed.completeExceptionally(new TimeoutException()));
    CompletionStage<Void> subscribed = link.subscriptions().add(channel, pushed::complete);
    link.flush();
    return subscribed
        .thenComposeAsync(
            unused -> {
              CompletionStage<List<Object>> appended = calls.trial(link);
              CompletionStage<List<Object>> read = calls.read(link, "", 0, 1);
              CompletionStage<List<Object>> top = calls.top(link, "");
              CompletionStage<?> presence = new PresenceCalls(names).trial(link);
              link.flush();
              return appended
                  .thenCombine(read, (one, two) -> one)
                  .thenCombine(top, (one, two) -> one)
                  .thenCombine(presence, (one, two) -> one);
            },
            worker)
        .thenCompose(unused -> pushed)
        .thenApplyAsync(
            unused -> {
              link.subscriptions().remove(channel);
              link.flush();
              return link;
            },
            worker);
  }

  private RedisStartException explained(Throwable error) {
    Throwable cause = RedisErrors.cause(error);
    return new RedisStartException("Redis at " + address() + ": " + reason(cause), cause);
  }

  private String reason(Throwable error) {
    if (error instanceof RedisStartException known) {
      return String.valueOf(known.getMessage());
    }
    Throwable deepest = error;
    for (Throwable each = error; each != null; each = each.getCause()) {
      deepest = each;
      String code = RedisErrors.code(each);
      if (code.equals("WRONGPASS") || code.equals("NOAUTH") || isAuthentication(each)) {
        return "it refuses the user or the password: " + each.getMessage();
      }
      if (code.equals("READONLY")) {
        return "it is a replica: name the master, or Sentinel by redis-sentinel://";
      }
      if (!code.isEmpty()) {
        return "it refuses what is needed: " + each.getMessage();
      }
    }
    if (deepest instanceof GeneralSecurityException) {
      return "its certificate is not accepted: "
          + deepest.getMessage()
          + "; trusted are those of trustedCertificates, else those that the JDK trusts";
    }
    return deepest instanceof TimeoutException
        ? "what was published has not come back"
        : "cannot connect" + (uri.isSsl() ? " with TLS: " : ": ") + deepest;
  }

  private static boolean isAuthentication(Throwable error) {
    return RedisErrors.code(error).equals("ERR")
        && String.valueOf(error.getMessage()).contains("AUTH");
  }
}
