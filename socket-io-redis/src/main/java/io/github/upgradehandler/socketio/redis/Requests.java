package io.github.upgradehandler.socketio.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.upgradehandler.redis.RedisChannels;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;

/** What this node asks of the others. */
final class Requests {

  private final Identity self;
  private final Addresses addresses;
  private final RedisChannels channels;
  private final Wire wire;
  private final Peers peers;
  private final Questions questions;
  private final CompletionStage<Void> subscribed;

  /**
   * Asks nothing yet.
   *
   * @param subscribed when this node is one of those that are counted
   */
  Requests(
      Identity self,
      Addresses addresses,
      RedisChannels channels,
      Wire wire,
      Peers peers,
      Questions questions,
      CompletionStage<Void> subscribed) {
    this.self = self;
    this.addresses = addresses;
    this.channels = channels;
    this.wire = wire;
    this.peers = peers;
    this.questions = questions;
    this.subscribed = subscribed;
  }

  /** Asks all other nodes. */
  CompletionStage<List<JsonNode>> ask(RequestType type, Consumer<ObjectNode> more) {
    return serverCount()
        .thenCompose(
            nodes ->
                questions.ask(
                    nodes - 1,
                    id -> {
                      ObjectNode request = make(Optional.of(id), type);
                      more.accept(request);
                      return wire.send(addresses.requests(), request);
                    }));
  }

  /** Why not all have answered: also what kept from asking. */
  SilentNodesException silent(Throwable error) {
    return Errors.cause(error) instanceof SilentNodesException silent
        ? silent
        : new SilentNodesException(
            "the other nodes were not asked: " + Errors.message(error),
            List.of(),
            peers.silent(Set.of()));
  }

  /** A request of this node; those that are answered have an id. */
  ObjectNode make(Optional<String> id, RequestType type) {
    ObjectNode request = JsonNodeFactory.instance.objectNode().put("uid", self.uid());
    id.ifPresent(value -> request.put("requestId", value));
    return request.put("type", type.number());
  }

  /** How many nodes there are, with this one. */
  CompletionStage<Integer> serverCount() {
    return subscribed
        .exceptionally(error -> null)
        .thenCompose(done -> channels.subscribers(addresses.requests()))
        .thenApply(count -> Math.max(1, Math.toIntExact(count)));
  }
}
