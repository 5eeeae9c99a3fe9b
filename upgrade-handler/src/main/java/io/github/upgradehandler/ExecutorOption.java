package io.github.upgradehandler;

import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;

/** The option {@code executor} as text: the executors that it can name. */
final class ExecutorOption {

  private ExecutorOption() {}

  /**
   * The executor of a name, empty for the container's own threads.
   *
   * @throws IllegalArgumentException if there is none of this name, or not on this JVM
   */
  static Optional<Executor> of(String name) {
    return switch (name) {
      case "container" -> Optional.empty();
      case "virtual" -> Optional.of(virtualThreads());
      default -> throw new IllegalArgumentException("is neither container nor virtual");
    };
  }

  static WebSocketConfig.Builder set(WebSocketConfig.Builder builder, Optional<Executor> named) {
    return builder.executor(named.orElse(null));
  }

  /** Found by its name, since the library is compiled for Java 17. */
  static Executor virtualThreads() {
    try {
      return (Executor) Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    } catch (ReflectiveOperationException e) {
      throw new IllegalArgumentException(
          "needs Java 21 or later, this is " + Runtime.version().feature());
    }
  }
}
