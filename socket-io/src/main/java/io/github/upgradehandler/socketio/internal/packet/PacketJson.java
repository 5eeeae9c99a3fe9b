package io.github.upgradehandler.socketio.internal.packet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.github.upgradehandler.socketio.internal.engine.MalformedPacketException;

/** The JSON in packets: bounded in depth, and whole. Thread-safe. */
final class PacketJson {

  /** Deeper than what applications send; every level takes stack. */
  static final int DEEPEST = 200;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .recyclerPool(JsonRecyclerPools.newConcurrentDequePool()) // threads are others'
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(DEEPEST)
                          .maxStringLength(Integer.MAX_VALUE)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private PacketJson() {}

  /**
   * Reads a value.
   *
   * @throws MalformedPacketException if the text is not one value, or is nested too deeply
   */
  static JsonNode read(String json) {
    JsonNode read;
    try {
      read = MAPPER.readTree(json);
    } catch (JsonProcessingException e) {
      throw new MalformedPacketException("packet that is no JSON, or nested too deeply");
    }
    if (read.isMissingNode()) {
      throw new MalformedPacketException("packet that is no JSON");
    }
    return read;
  }

  /** Writes a value, such that it has UTF-8: half of a surrogate pair is written as an escape. */
  static String write(JsonNode value) {
    String json;
    try {
      json = MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("this cannot be written as JSON", e);
    }
    int half = half(json, 0);
    return half < 0 ? json : escaped(json, half);
  }

  /** Surrogates stand in strings alone, where escapes may. */
  private static String escaped(String json, int first) {
    StringBuilder escaped = new StringBuilder(json.length() + 16);
    int copied = 0;
    for (int half = first; half >= 0; half = half(json, copied)) {
      escaped.append(json, copied, half);
      escaped.append("\\u").append(Integer.toHexString(json.charAt(half)));
      copied = half + 1;
    }
    return escaped.append(json, copied, json.length()).toString();
  }

  /** The index of the next half of a surrogate pair without its other half; negative: none. */
  private static int half(String json, int from) {
    for (int i = from; i < json.length(); i++) {
      if (Character.isSurrogate(json.charAt(i))) {
        if (i + 1 == json.length()
            || !Character.isSurrogatePair(json.charAt(i), json.charAt(i + 1))) {
          return i;
        }
        i++;
      }
    }
    return -1;
  }
}
