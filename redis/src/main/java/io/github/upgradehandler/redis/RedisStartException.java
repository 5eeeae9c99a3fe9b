package io.github.upgradehandler.redis;

/** Redis cannot be used; the message says which one, and why. */
public final class RedisStartException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  RedisStartException(String message, Throwable cause) {
    super(message, cause);
  }

  RedisStartException(String message) {
    super(message);
  }
}
