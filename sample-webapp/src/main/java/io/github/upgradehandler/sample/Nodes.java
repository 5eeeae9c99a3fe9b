package io.github.upgradehandler.sample;

import io.github.upgradehandler.redis.RedisRooms;
import io.github.upgradehandler.redis.RedisStartException;
import io.github.upgradehandler.room.log.Engine;
import jakarta.servlet.ServletContextEvent;
import jakarta.servlet.ServletContextListener;
import org.jspecify.annotations.Nullable;

/**
 * Where the logs of the pages are kept: in a Redis that other nodes use too, named by the
 * context-param {@code redis} or else the environment variable {@code UPGRADE_HANDLER_REDIS}; if
 * neither is set, in memory.
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
