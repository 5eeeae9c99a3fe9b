package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.upgradehandler.socketio.internal.packet.PacketDecoder;
import org.jspecify.annotations.Nullable;

/** Makes packets' content of what an application sends. */
final class Emitting {

  private Emitting() {}

  /**
   * An event's name and arguments.
   *
   * @throws IllegalArgumentException if the name is reserved, or an argument cannot be written
   */
  static ArrayNode event(ObjectMapper mapper, String event, Object... args) {
    if (PacketDecoder.RESERVED_EVENTS.contains(event)) {
      throw new IllegalArgumentException("\"" + event + "\" is a reserved event name");
    }
    ArrayNode content = JsonNodeFactory.instance.arrayNode(args.length + 1);
    content.add(event);
    return add(content, mapper, args);
  }

  /** The arguments of an acknowledgement. */
  static ArrayNode values(ObjectMapper mapper, Object... args) {
    return add(JsonNodeFactory.instance.arrayNode(args.length), mapper, args);
  }

  private static ArrayNode add(ArrayNode content, ObjectMapper mapper, Object... args) {
    for (Object arg : args) {
      content.add(json(mapper, arg));
    }
    return content;
  }

  /** A value as JSON, with bytes as they are. */
  static JsonNode json(ObjectMapper mapper, @Nullable Object value) {
    if (value instanceof JsonNode node) {
      return node;
    }
    if (value instanceof byte[] bytes) {
      return JsonNodeFactory.instance.binaryNode(bytes);
    }
    JsonNode node = mapper.valueToTree(value);
    return node == null ? JsonNodeFactory.instance.nullNode() : node;
  }
}
