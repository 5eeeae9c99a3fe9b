package io.github.upgradehandler.room;

import io.github.upgradehandler.Recipient;
import org.jspecify.annotations.Nullable;

/** Has a recipient that answers null, as mocks do unless told otherwise, named with its remedy. */
final class Answered {

  private Answered() {}

  /**
   * What a recipient has answered.
   *
   * @param method that was called, for the message
   * @param instead what it must answer, for the message
   * @throws IllegalStateException if it is null
   */
  static <T> T by(Recipient recipient, String method, @Nullable T answer, String instead) {
    if (answer == null) {
      throw new IllegalStateException(
          recipient.getClass().getName()
              + "."
              + method
              + "() has answered null, as a mock does: have it answer "
              + instead
              + ", or take a WebSocket of the artifact upgrade-handler-test-kit, which answers as a"
              + " real one does");
    }
    return answer;
  }
}
