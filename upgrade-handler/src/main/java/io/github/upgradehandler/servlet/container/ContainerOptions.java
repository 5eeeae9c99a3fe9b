package io.github.upgradehandler.servlet.container;

import java.util.HashSet;
import java.util.Set;

/**
 * The options that are of one container each: what its adapter declares in {@link
 * ContainerAdapter#options}, off unless set. Immutable.
 *
 * @param on the names of those that are on
 */
public record ContainerOptions(Set<String> on) {

  /** All are off. */
  public static final ContainerOptions NONE = new ContainerOptions(Set.of());

  /** Takes a copy. */
  public ContainerOptions {
    on = Set.copyOf(on);
  }

  /** Whether an option is on. */
  public boolean isOn(String name) {
    return on.contains(name);
  }

  /**
   * Sets an option from text.
   *
   * @param value {@code true} or {@code false}
   * @throws IllegalArgumentException if it is neither; names the option
   */
  public ContainerOptions with(String name, String value) {
    Set<String> changed = new HashSet<>(on);
    switch (value.strip()) {
      case "true" -> changed.add(name);
      case "false" -> changed.remove(name);
      default ->
          throw new IllegalArgumentException(
              "option '" + name + "' = '" + value + "': is neither true nor false");
    }
    return new ContainerOptions(changed);
  }
}
