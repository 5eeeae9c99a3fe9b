package io.github.upgradehandler;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;

/**
 * The options that can be set from text, each by its name.
 *
 * @param <B> what collects them
 */
final class Options<B> {

  private final Map<String, BiFunction<B, String, B>> setters = new LinkedHashMap<>();

  /**
   * Adds an option.
   *
   * @param kind what its text is, see {@link OptionKinds}
   */
  <T> Options<B> with(String name, Function<String, T> kind, BiFunction<B, T, B> setter) {
    setters.put(name, (target, text) -> setter.apply(target, kind.apply(text.strip())));
    return this;
  }

  /** Their names, in the order in which they were added. */
  Set<String> names() {
    return Collections.unmodifiableSet(setters.keySet());
  }

  /**
   * Sets an option.
   *
   * @throws IllegalArgumentException if there is none of this name or the text does not fit it; the
   *     message names it
   */
  B set(B target, String name, String text) {
    BiFunction<B, String, B> setter = setters.get(name);
    if (setter == null) {
      throw new IllegalArgumentException(
          "unknown option '" + name + "'; there are " + String.join(", ", names()));
    }
    try {
      return setter.apply(target, text);
    } catch (IllegalArgumentException e) {
      throw new OptionException(name, text, e);
    }
  }
}
