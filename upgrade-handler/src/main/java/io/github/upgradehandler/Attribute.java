package io.github.upgradehandler;

/**
 * The name and type of a value that an application keeps with a connection, to be kept in a
 * constant. Two of the same name mean the same value.
 *
 * @param name unique in the application
 * @param type of the value
 * @param <T> of the value
 */
public record Attribute<T>(String name, Class<T> type) {

  /** An attribute. */
  public static <T> Attribute<T> of(String name, Class<T> type) {
    return new Attribute<>(name, type);
  }
}
