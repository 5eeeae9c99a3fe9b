package io.github.upgradehandler.servlet;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.servlet.container.ContainerOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the init-params of a WebSocket servlet set, one after the other. Not thread-safe. */
final class WebSocketParams {

  private static final String HANDLER = "handler";

  private final WebSocketConfig.Builder builder;
  private final ClassLoader loader;
  private ContainerOptions containerOptions = ContainerOptions.NONE;
  private @Nullable HandlerFactory handlers;

  /**
   * None so far.
   *
   * @param builder holds what is set otherwise
   * @param loader of the handler's class
   */
  WebSocketParams(WebSocketConfig.Builder builder, ClassLoader loader) {
    this.builder = builder;
    this.loader = loader;
  }

  /**
   * Takes one.
   *
   * @throws IllegalArgumentException if there is none of this name, or the value does not fit it;
   *     names both
   */
  void set(String name, String value) {
    if (name.equals(HANDLER)) {
      handlers = HandlerFactory.named(value.strip(), loader);
    } else if (Containers.hasOption(name)) {
      containerOptions = containerOptions.with(name, value);
    } else if (WebSocketConfig.Builder.optionNames().contains(name)) {
      builder.set(name, value);
    } else {
      throw new IllegalArgumentException(
          "unknown option '" + name + "'; there are " + String.join(", ", names()));
    }
  }

  private static List<String> names() {
    List<String> names = new ArrayList<>(WebSocketConfig.Builder.optionNames());
    names.add(HANDLER);
    names.addAll(Containers.optionNames());
    return names;
  }

  /**
   * All that is of every container.
   *
   * @throws IllegalArgumentException if one does not fit another
   */
  WebSocketConfig config() {
    return builder.build();
  }

  ContainerOptions containerOptions() {
    return containerOptions;
  }

  /** What makes handlers; null if no class was named. */
  @Nullable HandlerFactory handlers() {
    return handlers;
  }
}
