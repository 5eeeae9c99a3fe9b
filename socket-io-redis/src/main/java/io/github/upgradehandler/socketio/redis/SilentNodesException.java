package io.github.upgradehandler.socketio.redis;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;

/** Not all nodes have answered. */
final class SilentNodesException extends Exception {

  private static final long serialVersionUID = 1L;

  private final transient List<JsonNode> answers;
  private final transient List<String> names;

  /**
   * With what is known.
   *
   * @param names of those that have not, as far as they are known
   */
  SilentNodesException(String message, List<JsonNode> answers, List<String> names) {
    super(message);
    this.answers = answers;
    this.names = names;
  }

  /** What is missing, and why. */
  String text() {
    return String.valueOf(getMessage());
  }

  List<JsonNode> answers() {
    return answers;
  }

  List<String> names() {
    return names;
  }
}
