package io.github.upgradehandler.sample.events;

import com.google.gson.Gson;
import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonPrimitive;
import com.google.gson.Strictness;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonToken;
import java.io.IOException;
import java.io.StringReader;
import org.jspecify.annotations.Nullable;

/**
 * One message on the wire.
 *
 * @param type null if there is none
 * @param id null if nobody waits for an answer; a string or a number, repeated as it came
 * @param data null if there is none
 */
record EventMessage(@Nullable String type, @Nullable JsonPrimitive id, @Nullable JsonElement data) {

  static final String REPLY = "reply";
  static final String ERROR = "error";

  /** What an error says. */
  private record Problem(String message) {}

  private static final Gson GSON = new Gson();

  /**
   * Reads a message.
   *
   * @throws JsonParseException if the text is not one JSON object as RFC 8259 has it
   */
  static EventMessage parse(String text) {
    JsonReader reader = new JsonReader(new StringReader(text));
    reader.setStrictness(Strictness.STRICT);
    try {
      JsonObject object = GSON.getAdapter(JsonObject.class).read(reader);
      if (reader.peek() != JsonToken.END_DOCUMENT) {
        throw new JsonParseException("more behind the message");
      }
      return new EventMessage(
          string(object.get("type")), id(object.get("id")), present(object.get("data")));
    } catch (IOException | IllegalStateException | ClassCastException e) {
      throw new JsonParseException(e);
    }
  }

  /** The message as text. */
  static String write(String type, @Nullable JsonPrimitive id, @Nullable Object data) {
    JsonObject object = new JsonObject();
    object.addProperty("type", type);
    object.add("id", id); // what is null is left out
    object.add("data", data == null ? null : GSON.toJsonTree(data));
    return GSON.toJson(object);
  }

  static String error(@Nullable JsonPrimitive id, String message) {
    return write(ERROR, id, new Problem(message));
  }

  /** What an error says; to be called for errors only. */
  String problem() {
    try {
      return dataAs(Problem.class).message();
    } catch (JsonParseException e) {
      return "an error that says nothing";
    }
  }

  /**
   * The data as a record or another type that Gson knows. Members that are missing are null or
   * zero.
   *
   * @throws JsonParseException if it is something else
   */
  <T> T dataAs(Class<T> type) {
    T value = GSON.fromJson(data, type);
    if (value == null) {
      throw new JsonParseException("no data");
    }
    return value;
  }

  private static @Nullable JsonElement present(@Nullable JsonElement element) {
    return element == null || element.isJsonNull() ? null : element;
  }

  private static @Nullable String string(@Nullable JsonElement element) {
    return element instanceof JsonPrimitive primitive && primitive.isString()
        ? primitive.getAsString()
        : null;
  }

  private static @Nullable JsonPrimitive id(@Nullable JsonElement element) {
    return element instanceof JsonPrimitive primitive && !primitive.isBoolean() ? primitive : null;
  }
}
