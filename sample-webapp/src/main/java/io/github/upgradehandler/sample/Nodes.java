package io.github.upgradehandler.sample;

import io.github.upgradehandler.redis.RedisRooms;
import io.github.upgradehandler.redis.RedisStartException;
import io.github.upgradehandler.room.Backplane;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.presence.PresenceEngine;
import io.github.upgradehandler.socketio.Adapter;
import io.github.upgradehandler.socketio.redis.SocketIoRedis;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;

/**
 * What the pages share with other nodes: by a Redis, named by the context-param {@code redis} or
 * else the environment variable {@code UPGRADE_HANDLER_REDIS}; if neither is set, this node is the
 * only one.
 */
public final class Nodes implements ServletContextListener {

  private static final String PARAMETER = "redis";
  private static final String ENVIRONMENT = "UPGRADE_HANDLER_REDIS";

  private static volatile @Nullable RedisRooms redis;

  /**
   * Keeps the logs of a set of rooms.
   *
   * @param set names it, the same on all nodes
   */
  public static Engine engine(String set) {
    RedisRooms connected = redis;
    return connected == null ? Engine.inMemory() : connected.engine(set);
  }

  /** Carries what is told without a log. */
  public static Backplane backplane(String set) {
    RedisRooms connected = redis;
    return connected == null ? Backplane.SINGLE_NODE : connected.backplane(set);
  }

  /** Has the nodes know who is in the rooms of a set. */
  public static PresenceEngine presence(String set) {
    RedisRooms connected = redis;
    return connected == null ? PresenceEngine.inMemory() : connected.presence(set);
  }

  /** Makes the nodes one server of Socket.IO. */
  public static Adapter.Factory adapters() {
    RedisRooms connected = redis;
    return connected == null ? Adapter.Factory.local() : SocketIoRedis.adapter(connected);
  }

  /** Fails the deployment where that Redis cannot be used. */
  @Override
  public void contextInitialized(ServletContextEvent event) {
    String parameter = event.getServletContext().getInitParameter(PARAMETER);
    String uri = parameter == null ? System.getenv(ENVIRONMENT) : parameter;
    if (uri != null && !uri.isBlank()) {
      redis = connect(parameter == null ? ENVIRONMENT : PARAMETER, uri.strip());
    }
  }

  private static RedisRooms connect(String option, String uri) {
    try {
      return RedisRooms.connect(uri);
    } catch (RedisStartException | IllegalArgumentException e) {
      // Servers show the innermost cause alone, which does not say that it is of Redis.
      IllegalStateException told = new IllegalStateException(option + ": " + e.getMessage());
      told.addSuppressed(e);
      throw told;
    }
  }

  @Override
  public void contextDestroyed(ServletContextEvent event) {
    RedisRooms connected = redis;
    if (connected != null) {
      redis = null;
      connected.close();
    }
  }
}
