package io.github.upgradehandler.socketio.redis;

import io.github.upgradehandler.redis.RedisRooms;
import io.github.upgradehandler.socketio.Adapter;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Objects;

/**
 * Makes the nodes of a Socket.IO server one, by Redis: those of this library and those of Node.js
 * that have {@code @socket.io/redis-adapter} with its classic adapter.
 *
 * <pre>{@code
 * @Override
 * protected Adapter.Factory adapters() {
 *   return SocketIoRedis.adapter(redis);
 * }
 * }</pre>
 *
 * <p>What is for this node's sockets never waits for Redis. While Redis is away the other nodes are
 * not reached, which the {@link io.github.upgradehandler.redis.RedisListener} and the log say; what
 * asks all nodes fails with what is known here.
 */
public final class SocketIoRedis {

  private SocketIoRedis() {}

  /**
   * The adapters of one server, with all defaults.
   *
   * @param redis the connection, which stays the caller's to close; one server alone may use it
   *     with the same key
   */
  public static Adapter.Factory adapter(RedisRooms redis) {
    return builder(redis).build();
  }

  /** A builder that holds the defaults. */
  public static Builder builder(RedisRooms redis) {
    return new Builder(redis);
  }

  /** Sets what differs from the defaults. Not thread-safe. */
  public static final class Builder {

    private final RedisRooms redis;
    private String key = "socket.io";
    private Duration requestsTimeout = Duration.ofSeconds(5);
    private boolean specificResponses;
    private String nodeName = ManagementFactory.getRuntimeMXBean().getName();

    private Builder(RedisRooms redis) {
      this.redis = Objects.requireNonNull(redis, "redis");
    }

    /** Sets what the names of all channels begin with. Default "socket.io", as in Node.js. */
    public Builder key(String value) {
      if (value.isEmpty()) {
        throw new IllegalArgumentException("key must not be empty");
      }
      key = value;
      return this;
    }

    /** Sets how long other nodes have for an answer, from 1 ms. Default five seconds. */
    public Builder requestsTimeout(Duration value) {
      if (value.toMillis() < 1) {
        throw new IllegalArgumentException("requestsTimeout must be at least 1 ms, not " + value);
      }
      requestsTimeout = value;
      return this;
    }

    /**
     * Sets whether only the node that asked is sent an answer, which all others need version 8 or
     * later of Node's adapter for. Default false, as in Node.js.
     */
    public Builder publishOnSpecificResponseChannel(boolean value) {
      specificResponses = value;
      return this;
    }

    /**
     * Sets what this process is called where it is missing. Default the process's number and its
     * host's name.
     */
    public Builder nodeName(String value) {
      nodeName = Objects.requireNonNull(value, "nodeName");
      return this;
    }

    /** The adapters of one server. */
    public Adapter.Factory build() {
      EventLogs logs = new EventLogs(redis, key);
      Adapter.Factory local = Adapter.Factory.local(logs::of);
      return namespace ->
          new RedisAdapter(
              namespace,
              local.create(namespace),
              redis,
              new Options(
                  key,
                  requestsTimeout,
                  specificResponses,
                  nodeName,
                  namespace.server().config().recovery() != null));
    }
  }
}
