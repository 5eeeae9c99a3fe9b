package io.github.upgradehandler.redis;

import io.github.upgradehandler.room.Backplane;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.presence.PresenceEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/**
 * Connects this node to a Redis, for as many sets of rooms as the application has.
 *
 * <pre>{@code
 * RedisRooms redis = RedisRooms.connect("redis://127.0.0.1:6379");
 * Rooms rooms =
 *     Rooms.builder()
 *         .logged(name -> true, redis.engine("chat"), Retention.DEFAULTS, framing)
 *         .backplane(redis.backplane("chat"))
 *         .build();
 * }</pre>
 *
 * <p>Nodes share a set of rooms if they give it the same name, in the same namespace of the same
 * Redis. Where the connection is lost it is made anew, again and again. The application closes it
 * when it ends.
 *
 * <p>Thread-safe. At most six threads are used, and none of the application's enters the client
 * library.
 */
public final class RedisRooms implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(5);
  private static final Duration START_PATIENCE = Duration.ofSeconds(20);

  private final String namespace;
  private final String node;
  private final int maxMessageBytes;
  private final Client client;
  private final Connector connector;
  private final Monitor monitor;
  private final Set<String> taken = ConcurrentHashMap.newKeySet();
  private final AtomicBoolean closed = new AtomicBoolean();

  private RedisRooms(Builder builder) {
    namespace = builder.namespace;
    maxMessageBytes = builder.maxMessageBytes;
    node = Calls.newName();
    monitor = new Monitor(builder.listener);
    client = new Client(builder.uri, Optional.ofNullable(builder.trusted), builder.commandTimeout);
    connector = new Connector(client.worker(), new Opening(client, namespace), monitor);
  }

  /**
   * Connects with all defaults.
   *
   * @param uri as {@code redis://user:password@host:6379/0}, {@code rediss://} for TLS, or {@code
   *     redis-sentinel://host:26379,host:26379/0#master}
   * @throws IllegalArgumentException if it is no such URI
   * @throws RedisStartException if that Redis cannot be used; says why
   */
  public static RedisRooms connect(String uri) {
    return builder(uri).connect();
  }

  /** A builder that holds the defaults. */
  public static Builder builder(String uri) {
    return new Builder(uri);
  }

  /**
   * Keeps the logs of a set of rooms, for one {@link io.github.upgradehandler.room.Rooms} of this
   * node. Closing it leaves the connection to the others.
   *
   * @param set names it: 1 to 32 letters, digits, '_' and '-'
   */
  public Engine engine(String set) {
    return new RedisEngine(
        connector, client.worker(), new Names(namespace, set), maxMessageBytes, monitor);
  }

  /**
   * Carries what is sent to the plain rooms of a set to other nodes, at most once, for one {@link
   * io.github.upgradehandler.room.Rooms} of this node.
   *
   * @param set names it: 1 to 32 letters, digits, '_' and '-'
   */
  public Backplane backplane(String set) {
    return new RedisBackplane(connector, new Names(namespace, set), monitor, node);
  }

  /**
   * The channels of this Redis by their own names, for one who speaks with others than this
   * library's nodes. Closing it leaves the connection to the others.
   *
   * @param back run each time that the connection was made anew, after everything is on its way to
   *     be subscribed to again; by a thread of this object's, which it must not block
   */
  public RedisChannels channels(Runnable back) {
    return new RedisChannels(connector, monitor, taken, back);
  }

  /**
   * Has the nodes know who is in the rooms of a set, for one {@link
   * io.github.upgradehandler.room.Rooms} of this node. Closing it leaves the connection to the
   * others.
   *
   * @param set names it: 1 to 32 letters, digits, '_' and '-'
   */
  public PresenceEngine presence(String set) {
    return new RedisPresence(connector, client.worker(), new Names(namespace, set));
  }

  /** How this node stands with Redis. */
  public RedisStatus status() {
    return monitor.status();
  }

  /**
   * Ends the connection and all threads; waits for them, five seconds at most. Engines and
   * backplanes of it do nothing any more.
   */
  @Override
  public void close() {
    if (!closed.getAndSet(true)) {
      monitor.unregister();
      client.close(connector::close, PATIENCE);
    }
  }

  /** Sets what differs from the defaults. Not thread-safe. */
  public static final class Builder {

    private static final int DEFAULT_MAX_MESSAGE_BYTES = 1 << 20;
    private static final Duration MIN_TIMEOUT = Duration.ofMillis(10);

    private final String uri;
    private String namespace = "rooms";
    private RedisListener listener = new RedisListener() {};
    private Duration commandTimeout = Duration.ofSeconds(1);
    private int maxMessageBytes = DEFAULT_MAX_MESSAGE_BYTES;
    private AtStart atStart = AtStart.REQUIRED;
    private @Nullable Path trusted;

    private Builder(String uri) {
      this.uri = uri;
    }

    /**
     * Sets what the names of all keys and channels begin with: 1 to 32 letters, digits, '_' and
     * '-'. Default "rooms".
     */
    public Builder namespace(String value) {
      namespace = Names.simple("namespace", value);
      return this;
    }

    /** Sets who is told when Redis goes and comes. Default nobody. */
    public Builder listener(RedisListener value) {
      listener = value;
      return this;
    }

    /** Sets how long Redis has for an answer, from 10 ms. Default one second. */
    public Builder commandTimeout(Duration value) {
      if (value.compareTo(MIN_TIMEOUT) < 0) {
        throw new IllegalArgumentException("commandTimeout must be at least 10 ms, not " + value);
      }
      commandTimeout = value;
      return this;
    }

    /** Sets the most bytes that a message to a logged room may have, from 1. Default 1 MiB. */
    public Builder maxMessageBytes(int value) {
      if (value < 1) {
        throw new IllegalArgumentException("maxMessageBytes must be at least 1, not " + value);
      }
      maxMessageBytes = value;
      return this;
    }

    /**
     * Sets whether Redis has to be there when this node starts. Default {@link AtStart#REQUIRED}.
     */
    public Builder atStart(AtStart value) {
      atStart = value;
      return this;
    }

    /**
     * Sets the certificates that {@code rediss://} trusts, a file in PEM. Default: those that the
     * JDK trusts.
     */
    public Builder trustedCertificates(Path value) {
      trusted = value;
      return this;
    }

    /**
     * Connects. Waits for an answer, 20 seconds at most.
     *
     * @throws IllegalArgumentException if the URI is none of Redis
     * @throws RedisStartException if that Redis cannot be used; says why
     */
    public RedisRooms connect() {
      RedisRooms rooms = new RedisRooms(this);
      try {
        rooms
            .connector
            .start()
            .toCompletableFuture()
            .get(START_PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
      } catch (ExecutionException e) {
        rooms.refuse(atStart, RedisErrors.cause(e));
      } catch (TimeoutException e) {
        rooms.refuse(atStart, new RedisStartException(rooms.status().reason(), e));
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        rooms.refuse(AtStart.REQUIRED, new RedisStartException("interrupted", e));
      }
      rooms.monitor.register(rooms.namespace, rooms.node);
      return rooms;
    }
  }

  private void refuse(AtStart atStart, Throwable error) {
    if (atStart == AtStart.REQUIRED) {
      close();
      throw error instanceof RedisStartException known
          ? known
          : new RedisStartException(String.valueOf(error.getMessage()), error);
    }
  }
}
