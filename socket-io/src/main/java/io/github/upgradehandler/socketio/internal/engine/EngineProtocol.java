package io.github.upgradehandler.socketio.internal.engine;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Base64;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The versions of Engine.IO, and what of a packet differs between them. */
public enum EngineProtocol {
  /** Of clients 2: the client pings. */
  V3 {
    @Override
    Iterator<EnginePacket> decodePayload(String body) {
      return new TextPayloadV3(body);
    }

    @Override
    String encodePayload(List<EnginePacket> packets) {
      return TextPayloadV3.encode(packets);
    }

    @Override
    EnginePacket decodeBase64(String text) {
      if (text.length() < 2 || EnginePacketType.of(text.charAt(1)) != EnginePacketType.MESSAGE) {
        throw new MalformedPacketException("binary Engine.IO packet that is no message");
      }
      return EnginePacket.binary(bytes(text, 2));
    }

    @Override
    EnginePacket decodeBinary(byte[] message) {
      if (message.length == 0 || message[0] != EnginePacket.V3_MESSAGE) {
        throw new MalformedPacketException("binary Engine.IO packet that is no message");
      }
      return EnginePacket.binary(Arrays.copyOfRange(message, 1, message.length));
    }
  },

  /** Of clients 3 and 4: the server pings. */
  V4 {
    @Override
    Iterator<EnginePacket> decodePayload(String body) {
      return new TextPayloadV4(body);
    }

    @Override
    String encodePayload(List<EnginePacket> packets) {
      return TextPayloadV4.encode(packets);
    }

    @Override
    EnginePacket decodeBase64(String text) {
      return EnginePacket.binary(bytes(text, 1));
    }

    @Override
    EnginePacket decodeBinary(byte[] message) {
      return EnginePacket.binary(message);
    }
  };

  /** The version that a request names by {@code EIO}; null if it is neither. */
  static @Nullable EngineProtocol of(@Nullable String eio) {
    return "4".equals(eio) ? V4 : "3".equals(eio) ? V3 : null;
  }

  /** The packets of the text that a client has posted; each is decoded when it is asked for. */
  abstract Iterator<EnginePacket> decodePayload(String body);

  /** The text that answers a poll. */
  abstract String encodePayload(List<EnginePacket> packets);

  /** A packet whose text begins with {@code b}. */
  abstract EnginePacket decodeBase64(String text);

  /** A binary message of a WebSocket. */
  abstract EnginePacket decodeBinary(byte[] message);

  /** A binary message of a WebSocket, which is copied. */
  EnginePacket decodeBinary(ByteBuffer message) {
    byte[] copy = new byte[message.remaining()];
    message.duplicate().get(copy);
    return decodeBinary(copy);
  }

  /** A packet as text. */
  EnginePacket decodeText(String text) {
    return text.startsWith("b") ? decodeBase64(text) : EnginePacket.ofWire(text);
  }

  /** Java's client breaks the lines of its Base64, and ends them. */
  private static byte[] bytes(String text, int from) {
    try {
      return Base64.getDecoder().decode(text.substring(from).replace("\n", ""));
    } catch (IllegalArgumentException e) {
      throw new MalformedPacketException("Engine.IO packet that is no Base64");
    }
  }
}
