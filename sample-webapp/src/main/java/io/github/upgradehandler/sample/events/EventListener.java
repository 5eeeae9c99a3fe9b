package io.github.upgradehandler.sample.events;

import io.github.upgradehandler.WebSocket;
import org.jspecify.annotations.Nullable;

/** What is done with the events and requests of one type. */
@FunctionalInterface
public interface EventListener<T> {

  /**
   * An event or a request came.
   *
   * @return what a request is answered with, null for an acknowledgement without data; or a stage
   *     that becomes it, or fails as this method may. Of no meaning for an event
   * @throws EventRefusedException to answer with an error; any other exception is logged, and the
   *     peer gets 'internal error'
   */
  @Nullable Object handle(WebSocket socket, T data) throws EventRefusedException;
}
