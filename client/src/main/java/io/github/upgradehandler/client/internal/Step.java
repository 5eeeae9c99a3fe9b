package io.github.upgradehandler.client.internal;

import java.io.IOException;

/** One step of making a connection; on the loop's thread, but for {@link #work}. */
interface Step {

  /**
   * Goes on as far as it comes without blocking.
   *
   * @throws IOException if the connection cannot be made
   */
  Progress advance() throws IOException;

  /** After {@link Progress#NEEDS_WORK}, on a thread that may block; before the next advance. */
  default void work() throws IOException {}
}
