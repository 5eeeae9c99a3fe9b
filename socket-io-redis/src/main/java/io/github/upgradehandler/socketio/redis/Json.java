package io.github.upgradehandler.socketio.redis;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;

/** JSON between nodes, which may be as long as what Redis carries. */
final class Json {

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .recyclerPool(JsonRecyclerPools.newConcurrentDequePool()) // threads are others'
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxStringLength(Integer.MAX_VALUE).build())
                  .build())
          .build();

  private Json() {}

  static JsonNode read(byte[] json) throws IOException {
    return MAPPER.readTree(json);
  }

  /** Not by {@code toString}, whose mapper leaves thread-locals on the container's threads. */
  static byte[] write(JsonNode json) {
    try {
      return MAPPER.writeValueAsString(json).getBytes(UTF_8);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this cannot be written as JSON", e);
    }
  }
}
