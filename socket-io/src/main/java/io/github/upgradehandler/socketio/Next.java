package io.github.upgradehandler.socketio;

import org.jspecify.annotations.Nullable;

/** How middleware decides: by the first call, from any thread. */
public interface Next {

  /** Goes on with what comes next. */
  void proceed();

  /**
   * Refuses.
   *
   * @param message for the client
   * @param data more for the client, written as JSON; null for none
   */
  void refuse(String message, @Nullable Object data);

  /** Refuses without more data. */
  default void refuse(String message) {
    refuse(message, null);
  }
}
