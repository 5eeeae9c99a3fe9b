package io.github.upgradehandler.room;

import io.github.upgradehandler.PreparedMessage;

/** Receives what is sent to a room without being a connection, see {@link Room#subscribe}. */
@FunctionalInterface
public interface Subscriber {

  /** A message was sent to the room; called by any thread, must neither block nor throw. */
  void onMessage(PreparedMessage message);
}
