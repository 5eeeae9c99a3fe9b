package io.github.upgradehandler.socketio.internal.packet;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
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
    return json.codePoints().anyMatch(PacketJson::isHalf) ? escaped(json) : json;
  }

  /** Surrogates stand in strings alone, where escapes may. */
  private static String escaped(String json) {
    StringBuilder escaped = new StringBuilder(json.length() + 16);
    json.codePoints()
        .forEach(
            point -> {
              if (isHalf(point)) {
                escaped.append("\\u").append(Integer.toHexString(point));
              } else {
                escaped.appendCodePoint(point);
              }
            });
    return escaped.toString();
  }

  private static boolean isHalf(int codePoint) {
    return Character.MIN_SURROGATE <= codePoint && codePoint <= Character.MAX_SURROGATE;
  }
}
