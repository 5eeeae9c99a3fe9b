package io.github.upgradehandler.redis;

import io.github.upgradehandler.room.log.EngineException;
import io.github.upgradehandler.room.log.EngineException.Effect;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisCommandTimeoutException;
import io.lettuce.core.RedisConnectionException;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeoutException;

/** What Redis and its client report, and what it means. */
final class RedisErrors {

  /** The server has another role, or not the scripts any more: a new connection finds out. */
  private static final Set<String> STALE =
      Set.of("NOSCRIPT", "READONLY", "MASTERDOWN", "UNBLOCKED", "MOVED", "CLUSTERDOWN");

  /** It may be able to, later. */
  private static final Set<String> LATER =
      Set.of("LOADING", "BUSY", "OOM", "MISCONF", "NOREPLICAS", "TRYAGAIN");

  private static final Set<String> NEVER = Set.of("NOPERM", "NOAUTH", "WRONGTYPE", "WRONGPASS");

  private RedisErrors() {}

  /** Without what other libraries have put around it. */
  static Throwable cause(Throwable error) {
    Throwable cause = error;
    while ((cause instanceof CompletionException || cause instanceof ExecutionException)
        && cause.getCause() != null) {
      cause = cause.getCause();
    }
    return cause;
  }

  /** The first word of what Redis answered; empty if it has not answered. */
  static String code(Throwable error) {
    Throwable cause = cause(error);
    if (!(cause instanceof RedisCommandExecutionException) || cause.getMessage() == null) {
      return "";
    }
    String message = cause.getMessage();
    String first =
        message.substring(0, message.indexOf(' ') < 0 ? message.length() : message.indexOf(' '));
    return first.toUpperCase(Locale.ROOT);
  }

  /** Whether the connection is of no use any more. */
  static boolean endsConnection(Throwable error) {
    return STALE.contains(code(error));
  }

  /** Whether Redis said nothing that would be said again: no answer came, or it was cut off. */
  static boolean isSilence(Throwable error) {
    Throwable deepest = error;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return deepest instanceof RedisCommandTimeoutException
        || deepest instanceof TimeoutException
        || deepest instanceof RedisConnectionException;
  }

  static EngineException of(Throwable error) {
    Throwable cause = cause(error);
    if (cause instanceof EngineException known) {
      return known;
    }
    return new EngineException(effect(cause), message(cause));
  }

  private static Effect effect(Throwable cause) {
    String code = code(cause);
    if (STALE.contains(code) || LATER.contains(code)) {
      return Effect.NONE;
    }
    return NEVER.contains(code) ? Effect.NEVER : Effect.UNKNOWN;
  }

  static String message(Throwable error) {
    Throwable cause = cause(error);
    if (cause instanceof RedisCommandTimeoutException) {
      return "Redis has not answered in time";
    }
    return cause instanceof RedisCommandExecutionException
        ? "Redis answers: " + cause.getMessage()
        : String.valueOf(cause.getMessage());
  }
}
