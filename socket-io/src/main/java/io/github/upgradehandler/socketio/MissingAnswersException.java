package io.github.upgradehandler.socketio;

import java.util.List;

/** Not all clients have acknowledged a broadcast in time. */
public final class MissingAnswersException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Args> answers;

  MissingAnswersException(List<Args> answers) {
    super("operation has timed out");
    this.answers = List.copyOf(answers);
  }

  /** The answers that have come; one for each client that has answered. */
  public List<Args> answers() {
    return answers;
  }
}
