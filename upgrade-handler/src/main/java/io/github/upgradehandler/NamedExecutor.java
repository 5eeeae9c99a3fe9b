package io.github.upgradehandler;

import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** The executors that an init-param can name. */
final class NamedExecutor {

  private NamedExecutor() {}

  /**
   * Sets the executor of a name.
   *
   * @throws IllegalArgumentException if there is none of this name, or not on this JVM
   */
  static WebSocketConfig.Builder set(WebSocketConfig.Builder builder, String name) {
    return switch (name) {
      case "container" -> builder.executor(null);
      case "virtual" -> builder.executor(virtualThreads());
      default -> throw new IllegalArgumentException("is neither container nor virtual");
    };
  }

  /** By its name, since the library is compiled for Java 17. */
  static Executor virtualThreads() {
    try {
      return (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "needs Java 21 or later, this is " + Runtime.version().feature(), e);
    }
  }
}
