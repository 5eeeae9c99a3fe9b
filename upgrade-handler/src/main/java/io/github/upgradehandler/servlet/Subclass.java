package io.github.upgradehandler.servlet;

import java.util.List;
import java.util.stream.Stream;

/**
 * A servlet of this library, or what an application has made of it.
 *
 * @param type the class that the container makes an instance of
 * @param base the class of this library
 */
record Subclass(Class<?> type, Class<?> base) {

  /**
   * Whether it has a method of its own instead of the library's.
   *
   * @throws LinkageError if a class is missing that its methods name
   */
  boolean overrides(String method, Class<?>... parameters) {
    return Stream.<Class<?>>iterate(type, each -> each != base, Class::getSuperclass)
        .flatMap(each -> Stream.of(each.getDeclaredMethods()))
        .anyMatch(
            own ->
                own.getName().equals(method)
                    && List.of(own.getParameterTypes()).equals(List.of(parameters)));
  }
}
