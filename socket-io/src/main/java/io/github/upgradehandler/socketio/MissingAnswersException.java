package io.github.upgradehandler.socketio;

import java.util.List;

/** Not all that were asked have answered in time. */
public final class MissingAnswersException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<Args> answers;
  private final transient List<String> nodes;

  /**
   * For adapters.
   *
   * @param answers those that have come
   * @param nodes names those that have not answered, as far as names are known
   */
  public MissingAnswersException(String message, List<Args> answers, List<String> nodes) {
    super(message);
    this.answers = List.copyOf(answers);
    this.nodes = List.copyOf(nodes);
  }

  /** The answers that have come; one for each client, or node, that has answered. */
  public List<Args> answers() {
    return answers;
  }

  /** The nodes that have not answered, as far as their names are known. */
  public List<String> nodes() {
    return nodes;
  }
}
