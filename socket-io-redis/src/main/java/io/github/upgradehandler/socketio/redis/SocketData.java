package io.github.upgradehandler.socketio.redis;

import static java.lang.System.Logger.Level.WARNING;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/** What applications keep with sockets, as nodes tell each other. */
final class SocketData {

  private static final TypeReference<Map<String, Object>> TYPE = new TypeReference<>() {};

  private SocketData() {}

  /** What cannot be written is left out, and said. */
  static ObjectNode write(ObjectMapper mapper, Map<String, Object> data) {
    ObjectNode written = JsonNodeFactory.instance.objectNode();
    data.forEach(
        (name, value) -> {
          try {
            written.set(name, mapper.<JsonNode>valueToTree(value));
          } catch (IllegalArgumentException e) {
            Wire.LOG.log(WARNING, "'" + name + "' of a socket's data cannot be written as JSON", e);
          }
        });
    return written;
  }

  static Map<String, Object> read(ObjectMapper mapper, JsonNode written) {
    return written.isObject() ? mapper.convertValue(written, TYPE) : Map.of();
  }
}
