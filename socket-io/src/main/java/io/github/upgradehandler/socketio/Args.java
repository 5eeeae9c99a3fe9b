package io.github.upgradehandler.socketio;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;

/** The arguments of an event or of an acknowledgement. Thread-safe if nothing of it is changed. */
public final class Args {

  private final ObjectMapper mapper;
  private final JsonNode array;
  private final int from;

  private Args(ObjectMapper mapper, JsonNode array, int from) {
    this.mapper = mapper;
    this.array = array;
    this.from = from;
  }

  /** The values of an array, which must not be changed. */
  public static Args of(ObjectMapper mapper, JsonNode array) {
    return of(mapper, array, 0);
  }

  /** The same from one on. */
  static Args of(ObjectMapper mapper, JsonNode array, int from) {
    return new Args(mapper, array, from);
  }

  /** How many there are. */
  public int size() {
    return Math.max(0, array.size() - from);
  }

  /**
   * One as JSON; bytes are {@link com.fasterxml.jackson.databind.node.BinaryNode BinaryNode}s.
   *
   * @throws IllegalArgumentException if there are not so many; counted from 0
   */
  public JsonNode json(int index) {
    if (index < 0 || index >= size()) {
      throw new IllegalArgumentException("argument " + index + " of an event that has " + size());
    }
    return array.get(from + index);
  }

  /** One as JSON; empty if there are not so many. */
  public Optional<JsonNode> find(int index) {
    return index < size() ? Optional.of(json(index)) : Optional.empty();
  }

  /**
   * One as a value of a type, such as a record.
   *
   * @throws IllegalArgumentException if it is not there, or is none; says where
   */
  public <T> T get(int index, Class<T> type) {
    try {
      return mapper.treeToValue(json(index), type);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException(
          "argument " + index + " is no " + type.getSimpleName() + ": " + e.getOriginalMessage(),
          e);
    }
  }

  /**
   * One that is text.
   *
   * @throws IllegalArgumentException if it is not there, or no text
   */
  public String text(int index) {
    JsonNode value = json(index);
    if (!value.isTextual()) {
      throw new IllegalArgumentException("argument " + index + " is no text");
    }
    return value.textValue();
  }

  /**
   * One that is bytes.
   *
   * @throws IllegalArgumentException if it is not there, or no bytes
   */
  public byte[] bytes(int index) {
    JsonNode value = json(index);
    if (!value.isBinary()) {
      throw new IllegalArgumentException("argument " + index + " is no bytes");
    }
    try {
      return value.binaryValue();
    } catch (IOException e) {
      throw new IllegalArgumentException("argument " + index + " is no bytes", e);
    }
  }

  /** All of them, to be sent on by {@code emit(event, args.toArray())}. */
  public Object[] toArray() {
    Object[] values = new Object[size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = json(i);
    }
    return values;
  }

  @Override
  public String toString() {
    return Arrays.toString(toArray());
  }
}
