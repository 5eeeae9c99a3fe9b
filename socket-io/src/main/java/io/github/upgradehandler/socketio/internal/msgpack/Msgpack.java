package io.github.upgradehandler.socketio.internal.msgpack;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.BigIntegerNode;
import com.fasterxml.jackson.databind.node.BinaryNode;
import com.fasterxml.jackson.databind.node.BooleanNode;
import com.fasterxml.jackson.databind.node.DoubleNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.LongNode;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.databind.node.TextNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Map;
import org.msgpack.core.ExtensionTypeHeader;
import org.msgpack.core.MessageBufferPacker;
import org.msgpack.core.MessagePack;
import org.msgpack.core.MessagePacker;
import org.msgpack.core.MessageUnpacker;

/** JSON with bytes as MessagePack, as notepack.io of versions 2 and 3 reads and writes it. */
public final class Msgpack {

  /** Deeper than what applications send; every level takes stack. */
  private static final int DEEPEST = 200;

  private static final int MOST_BITS = 63;

  /** Extensions of notepack.io 2, where 3 has types of MessagePack. */
  private static final int OLD = 0;

  private Msgpack() {}

  /**
   * Writes a value.
   *
   * @throws IllegalArgumentException if it is none of JSON
   */
  public static byte[] write(JsonNode value) {
    try (MessageBufferPacker packer = MessagePack.newDefaultBufferPacker()) {
      write(packer, value);
      return packer.toByteArray();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(MessagePacker packer, JsonNode value) throws IOException {
    switch (value.getNodeType()) {
      case NULL, MISSING -> packer.packNil();
      case BOOLEAN -> packer.packBoolean(value.booleanValue());
      case STRING -> packer.packString(value.textValue());
      case NUMBER -> writeNumber(packer, value);
      case BINARY -> {
        byte[] bytes = value.binaryValue();
        packer.packBinaryHeader(bytes.length).writePayload(bytes);
      }
      case ARRAY -> {
        packer.packArrayHeader(value.size());
        for (JsonNode element : value) {
          write(packer, element);
        }
      }
      case OBJECT -> {
        packer.packMapHeader(value.size());
        for (Map.Entry<String, JsonNode> property : value.properties()) {
          packer.packString(property.getKey());
          write(packer, property.getValue());
        }
      }
      case POJO -> throw new IllegalArgumentException("no value of JSON: " + value.getNodeType());
    }
  }

  private static void writeNumber(MessagePacker packer, JsonNode value) throws IOException {
    BigInteger integer = value.isIntegralNumber() ? value.bigIntegerValue() : null;
    if (integer != null && integer.bitLength() <= MOST_BITS) {
      packer.packLong(integer.longValue());
    } else if (integer != null && integer.signum() > 0 && integer.bitLength() <= Long.SIZE) {
      packer.packBigInteger(integer); // an unsigned integer of 64 bits
    } else {
      packer.packDouble(value.doubleValue());
    }
  }

  /**
   * Reads a value.
   *
   * @throws IOException if it is none, or is nested too deeply
   */
  public static JsonNode read(byte[] bytes) throws IOException {
    try (MessageUnpacker unpacker = MessagePack.newDefaultUnpacker(bytes)) {
      return new Reading(unpacker, bytes.length).value(0);
    } catch (RuntimeException e) {
      throw new IOException("no MessagePack: " + e.getMessage(), e);
    }
  }

  private record Reading(MessageUnpacker unpacker, int length) {

    JsonNode value(int depth) throws IOException {
      if (depth > DEEPEST) {
        throw new IOException("nested deeper than " + DEEPEST);
      }
      return switch (unpacker.getNextFormat().getValueType()) {
        case NIL -> {
          unpacker.unpackNil();
          yield NullNode.instance;
        }
        case BOOLEAN -> BooleanNode.valueOf(unpacker.unpackBoolean());
        case INTEGER -> integer(unpacker.unpackBigInteger());
        case FLOAT -> DoubleNode.valueOf(unpacker.unpackDouble());
        case STRING -> TextNode.valueOf(unpacker.unpackString());
        case BINARY -> BinaryNode.valueOf(payload(unpacker.unpackBinaryHeader()));
        case ARRAY -> array(unpacker.unpackArrayHeader(), depth);
        case MAP -> object(unpacker.unpackMapHeader(), depth);
        case EXTENSION -> extension(unpacker.unpackExtensionTypeHeader());
      };
    }

    private static JsonNode integer(BigInteger value) {
      return value.bitLength() <= MOST_BITS
          ? LongNode.valueOf(value.longValue())
          : BigIntegerNode.valueOf(value);
    }

    /** What is said to come is not believed before it is there: a length takes memory. */
    private byte[] payload(int size) throws IOException {
      if (size > length - unpacker.getTotalReadBytes()) {
        throw new IOException("cut off");
      }
      return unpacker.readPayload(size);
    }

    private JsonNode array(int size, int depth) throws IOException {
      ArrayNode array = JsonNodeFactory.instance.arrayNode();
      for (int i = 0; i < size; i++) {
        array.add(value(depth + 1));
      }
      return array;
    }

    private JsonNode object(int size, int depth) throws IOException {
      ObjectNode object = JsonNodeFactory.instance.objectNode();
      for (int i = 0; i < size; i++) {
        String name = value(depth + 1).asText();
        object.set(name, value(depth + 1));
      }
      return object;
    }

    private JsonNode extension(ExtensionTypeHeader header) throws IOException {
      if (header.isTimestampType()) {
        return date(unpacker.unpackTimestamp(header));
      }
      byte[] content = payload(header.getLength());
      if (header.getType() != OLD) {
        throw new IOException("an extension of type " + header.getType());
      }
      if (content.length == 1) {
        return NullNode.instance; // undefined
      }
      return content.length == Long.BYTES
          ? date(Instant.ofEpochMilli(ByteBuffer.wrap(content).getLong()))
          : BinaryNode.valueOf(content);
    }

    /** As JSON of JavaScript has it. */
    private static JsonNode date(Instant time) {
      return TextNode.valueOf(Dates.text(time));
    }
  }
}
