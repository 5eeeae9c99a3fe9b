package io.github.upgradehandler.socketio.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.upgradehandler.socketio.Inquiry;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
import java.util.function.Supplier;

/** Events that this node has sent to all, and that clients of other nodes answer. Thread-safe. */
final class AckQuestions {

  private final Peers peers;
  private final Map<String, Asked> open = new ConcurrentHashMap<>();

  private record Asked(IntConsumer count, Consumer<JsonNode> answers, Set<String> heard) {}

  AckQuestions(Peers peers) {
    this.peers = peers;
  }

  /**
   * Awaits answers until it is ended.
   *
   * @param here what this node's clients are asked
   */
  Inquiry add(String id, IntConsumer count, Consumer<JsonNode> answers, Supplier<Inquiry> here) {
    Asked asked = new Asked(count, answers, ConcurrentHashMap.newKeySet());
    open.put(id, asked);
    Inquiry local = here.get();
    return new Inquiry() {
      @Override
      public List<String> silent() {
        return peers.silent(asked.heard);
      }

      @Override
      public void end() {
        open.remove(id);
        local.end();
      }
    };
  }

  /** Another node has said how many clients it asks. */
  void counted(String id, JsonNode response) {
    Asked asked = open.get(id);
    if (asked != null) {
      asked.heard.add(response.path("uid").asText());
      asked.count.accept(response.path("clientCount").asInt());
    }
  }

  /** A client of another node has answered: with one value, since there is room for no more. */
  void answered(String id, JsonNode response) {
    Asked asked = open.get(id);
    if (asked != null) {
      JsonNode value = response.path("packet");
      asked.answers.accept(
          value.isMissingNode()
              ? JsonNodeFactory.instance.arrayNode()
              : JsonNodeFactory.instance.arrayNode().add(value));
    }
  }

  int size() {
    return open.size();
  }
}
