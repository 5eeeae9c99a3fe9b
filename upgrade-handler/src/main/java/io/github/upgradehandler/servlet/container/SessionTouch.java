package io.github.upgradehandler.servlet.container;

/** Has a container reckon anew how long an HTTP session was not used. */
@FunctionalInterface
public interface SessionTouch {

  /**
   * The session is in use now.
   *
   * @throws ReflectiveOperationException if the container cannot be told
   * @throws RuntimeException mostly since the session has ended
   */
  void touch() throws ReflectiveOperationException;
}
