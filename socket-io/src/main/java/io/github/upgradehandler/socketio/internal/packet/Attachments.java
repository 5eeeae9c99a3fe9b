package io.github.upgradehandler.socketio.internal.packet;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.upgradehandler.socketio.internal.engine.MalformedPacketException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Takes bytes out of a packet's content, and puts them in again. */
final class Attachments {

  private static final String PLACEHOLDER = "_placeholder";
  private static final String NUMBER = "num";

  private Attachments() {}

  /** Whether there are bytes anywhere. */
  static boolean isIn(JsonNode node) {
    if (node.isBinary()) {
      return true;
    }
    for (JsonNode child : node) {
      if (isIn(child)) {
        return true;
      }
    }
    return false;
  }

  /** A copy in which placeholders stand for the bytes, which are added to the list. */
  static JsonNode takeOut(JsonNode node, List<byte[]> attachments) {
    if (node instanceof BinaryNode) {
      ObjectNode placeholder =
          JsonNodeFactory.instance
              .objectNode()
              .put(PLACEHOLDER, true)
              .put(NUMBER, attachments.size());
      attachments.add(bytes(node));
      return placeholder;
    }
    if (node.isArray()) {
      ArrayNode copy = JsonNodeFactory.instance.arrayNode(node.size());
      node.forEach(child -> copy.add(takeOut(child, attachments)));
      return copy;
    }
    if (node.isObject()) {
      ObjectNode copy = JsonNodeFactory.instance.objectNode();
      node.properties().forEach(e -> copy.set(e.getKey(), takeOut(e.getValue(), attachments)));
      return copy;
    }
    return node;
  }

  /**
   * The content with the bytes in the places of their placeholders.
   *
   * @throws MalformedPacketException if a placeholder names none of them
   */
  static JsonNode putIn(JsonNode node, List<byte[]> attachments) {
    if (node instanceof ArrayNode array) {
      for (int i = 0; i < array.size(); i++) {
        array.set(i, putIn(array.get(i), attachments));
      }
    } else if (node instanceof ObjectNode object) {
      JsonNode mark = object.get(PLACEHOLDER);
      if (mark != null && mark.isBoolean() && mark.booleanValue()) {
        return BinaryNode.valueOf(attachment(object.get(NUMBER), attachments));
      }
      object.properties().forEach(entry -> entry.setValue(putIn(entry.getValue(), attachments)));
    }
    return node;
  }

  private static byte[] attachment(@Nullable JsonNode number, List<byte[]> attachments) {
    if (number == null
        || !number.isIntegralNumber()
        || !number.canConvertToInt()
        || number.intValue() < 0
        || number.intValue() >= attachments.size()) {
      throw new MalformedPacketException("placeholder of an attachment that is not there");
    }
    return attachments.get(number.intValue());
  }

  private static byte[] bytes(JsonNode node) {
    try {
      return node.binaryValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
