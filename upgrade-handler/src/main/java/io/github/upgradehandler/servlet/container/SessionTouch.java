package io.github.upgradehandler.servlet.container;

/** Restarts a container's count of how long an HTTP session was not used. */
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
