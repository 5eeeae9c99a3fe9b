package io.github.upgradehandler.socketio.redis;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.socketio.Namespace;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.function.Function;

/** What this node has asked of the others, and what they have answered so far. Thread-safe. */
final class Questions {

  private static final int MOST = 10_000;

  private final Namespace namespace;
  private final Peers peers;
  private final Duration timeout;
  private final Map<String, Question> open = new ConcurrentHashMap<>();

  /**
   * Nothing is asked yet.
   *
   * @param timeout how long the others have
   */
  Questions(Namespace namespace, Peers peers, Duration timeout) {
    this.namespace = namespace;
    this.peers = peers;
    this.timeout = timeout;
  }

  /**
   * Asks something.
   *
   * @param nodes how many others are to answer
   * @param send sends it with this id
   * @return completes with an answer of each, by a thread that may run the application's code;
   *     exceptionally with a {@link SilentNodesException}
   */
  CompletionStage<List<JsonNode>> ask(int nodes, Function<String, CompletionStage<Long>> send) {
    String id = Identity.newRequest();
    Question question = new Question(id, Math.max(0, nodes));
    if (nodes <= 0 || open.size() >= MOST) {
      question.end(nodes <= 0 ? "" : "more than " + MOST + " questions are open");
      return question.result;
    }
    open.put(id, question);
    Future<?> timer =
        namespace.after(timeout, () -> question.end("not all have answered within " + timeout));
    CompletableFuture<List<JsonNode>> unused =
        question.result.whenComplete((answers, error) -> timer.cancel(false));
    CompletionStage<Long> unusedSend =
        send.apply(id)
            .whenComplete(
                (receivers, error) -> {
                  if (error != null) {
                    question.end(Errors.message(error));
                  }
                });
    return question.result;
  }

  /** Somebody has answered. */
  void answered(String id, JsonNode answer) {
    Question question = open.get(id);
    if (question != null) {
      question.add(answer);
    }
  }

  int size() {
    return open.size();
  }

  /** No more answers come. */
  void close() {
    open.values().forEach(question -> question.end("the server goes out of service"));
  }

  private final class Question {

    private final String id;
    private final int nodes;
    private final List<JsonNode> answers = new ArrayList<>(); // guarded by this
    private final CompletableFuture<List<JsonNode>> result = new CompletableFuture<>();

    Question(String id, int nodes) {
      this.id = id;
      this.nodes = nodes;
    }

    void add(JsonNode answer) {
      boolean complete;
      synchronized (this) {
        answers.add(answer);
        complete = answers.size() == nodes;
      }
      if (complete) {
        end("");
      }
    }

    /**
     * Ends it with what has come.
     *
     * @param reason why it is not all; empty if it should be
     */
    void end(String reason) {
      open.remove(id); // before anyone is told
      List<JsonNode> come;
      synchronized (this) {
        come = List.copyOf(answers);
      }
      Set<String> heard = new HashSet<>();
      come.forEach(answer -> heard.add(answer.path("uid").asText()));
      List<String> silent = peers.silent(heard);
      if (come.size() >= nodes && silent.isEmpty()) {
        namespace.executor().execute(() -> result.complete(come));
        return;
      }
      String message =
          (reason.isEmpty() ? "a node cannot be reached" : reason)
              + ": "
              + come.size()
              + " of "
              + Math.max(nodes, come.size() + silent.size())
              + " other nodes have answered"
              + (silent.isEmpty() ? "" : ", missing: " + String.join(", ", silent));
      SilentNodesException error = new SilentNodesException(message, come, silent);
      namespace.executor().execute(() -> result.completeExceptionally(error));
    }
  }
}
