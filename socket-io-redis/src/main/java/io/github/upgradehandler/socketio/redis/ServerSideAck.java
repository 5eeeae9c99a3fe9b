package io.github.upgradehandler.socketio.redis;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.upgradehandler.socketio.Ack;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Answers another node's event: with the first value, since there is room for no more. */
final class ServerSideAck implements Ack {

  private final ObjectMapper mapper;
  private final Optional<ObjectNode> answer;
  private final Consumer<JsonNode> send;
  private final AtomicBoolean given = new AtomicBoolean();

  /**
   * Not given yet.
   *
   * @param answer lacks the value; empty if none is asked for
   */
  ServerSideAck(ObjectMapper mapper, Optional<ObjectNode> answer, Consumer<JsonNode> send) {
    this.mapper = mapper;
    this.answer = answer;
    this.send = send;
  }

  @Override
  public void send(Object... values) {
    JsonNode value = mapper.valueToTree(values.length == 0 ? null : values[0]);
    answer.ifPresent(
        content -> {
          if (!given.getAndSet(true)) {
            content.set("data", value);
            send.accept(content);
          }
        });
  }

  @Override
  public boolean isRequested() {
    return answer.isPresent();
  }
}
