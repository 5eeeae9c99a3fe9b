package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.upgradehandler.socketio.internal.packet.PacketRules;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Makes packets' content of what an application sends. Thread-safe. */
final class Emitting {

  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private final ObjectMapper mapper;
  private volatile @Nullable Set<Class<?>> plain;

  /**
   * Asks the mapper nothing before the first event.
   *
   * @param mapper turns Java's values into JSON
   */
  Emitting(ObjectMapper mapper) {
    this.mapper = mapper;
  }

  /**
   * An event's name and arguments.
   *
   * @throws IllegalArgumentException if the name is reserved, or an argument cannot be written
   */
  ArrayNode event(String event, Object... args) {
    if (PacketRules.RESERVED_EVENTS.contains(event)) {
      throw new IllegalArgumentException("\"" + event + "\" is a reserved event name");
    }
    ArrayNode content = NODES.arrayNode(args.length + 1);
    content.add(event);
    return add(content, args);
  }

  /** The arguments of an acknowledgement. */
  ArrayNode values(Object... args) {
    return add(NODES.arrayNode(args.length), args);
  }

  private ArrayNode add(ArrayNode content, Object... args) {
    for (Object arg : args) {
      content.add(json(arg));
    }
    return content;
  }

  /** A value as JSON, with bytes as they are. */
  JsonNode json(@Nullable Object value) {
    if (value instanceof JsonNode node) {
      return node;
    }
    if (value instanceof byte[] bytes) {
      return NODES.binaryNode(bytes);
    }
    if (value instanceof String text && plain().contains(String.class)) {
      return NODES.textNode(text);
    }
    if (value instanceof Integer number && plain().contains(Integer.class)) {
      return NODES.numberNode(number.intValue());
    }
    if (value instanceof Long number && plain().contains(Long.class)) {
      return NODES.numberNode(number.longValue());
    }
    if (value instanceof Boolean truth && plain().contains(Boolean.class)) {
      return NODES.booleanNode(truth);
    }
    JsonNode node = mapper.valueToTree(value);
    return node == null ? NODES.nullNode() : node;
  }

  /**
   * The types that the mapper writes as Jackson does by default: for these it takes longest to ask
   * it.
   */
  private Set<Class<?>> plain() {
    Set<Class<?>> known = plain;
    if (known == null) {
      known = new HashSet<>();
      ObjectMapper stock = new ObjectMapper();
      for (Class<?> type : List.of(String.class, Integer.class, Long.class, Boolean.class)) {
        if (isPlain(type, stock)) {
          known.add(type);
        }
      }
      plain = known; // threads that race make equal ones
    }
    return known;
  }

  private boolean isPlain(Class<?> type, ObjectMapper stock) {
    try {
      return serializer(mapper, type).equals(serializer(stock, type));
    } catch (JsonMappingException e) {
      return false; // the value's own failure says more
    }
  }

  private static Class<?> serializer(ObjectMapper mapper, Class<?> type)
      throws JsonMappingException {
    return mapper
        .getSerializerProviderInstance()
        .findTypedValueSerializer(type, false, null)
        .getClass();
  }
}
