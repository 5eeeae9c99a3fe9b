package io.github.upgradehandler.socketio.internal.engine;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * The payload of protocol 3 as bytes: for each packet a byte that says whether it is binary, the
 * decimal digits of its length as bytes, FF, and the packet.
 */
final class BinaryPayloadV3 implements Iterator<EnginePacket> {

  private static final byte TEXT = 0;
  private static final byte BINARY = 1;
  private static final byte END_OF_LENGTH = (byte) 0xFF;

  /** More than any body that is accepted. */
  private static final int MOST_DIGITS = 9;

  private final byte[] body;
  private int next;

  BinaryPayloadV3(byte[] body) {
    this.body = body;
  }

  static byte[] encode(List<EnginePacket> packets) {
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    for (EnginePacket packet : packets) {
      byte[] bytes = packet.bytes();
      if (bytes == null) {
        byte[] text = packet.asText(EngineProtocol.V3).getBytes(StandardCharsets.UTF_8);
        head(payload, TEXT, text.length);
        payload.writeBytes(text);
      } else {
        head(payload, BINARY, bytes.length + 1);
        payload.write(EnginePacket.V3_MESSAGE);
        payload.writeBytes(bytes);
      }
    }
    return payload.toByteArray();
  }

  private static void head(ByteArrayOutputStream payload, byte kind, int length) {
    payload.write(kind);
    Integer.toString(length).chars().forEach(digit -> payload.write(digit - '0'));
    payload.write(END_OF_LENGTH);
  }

  /** An empty body is malformed. */
  @Override
  public boolean hasNext() {
    return next < body.length || body.length == 0;
  }

  @Override
  public EnginePacket next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    if (body.length == 0 || (body[next] != TEXT && body[next] != BINARY)) {
      throw new MalformedPacketException("Engine.IO payload that is neither text nor binary");
    }
    byte kind = body[next++];
    int length = length();
    if (length == 0 || length > body.length - next) {
      throw new MalformedPacketException("Engine.IO payload whose length is wrong");
    }
    byte[] packet = Arrays.copyOfRange(body, next, next + length);
    next += length;
    return kind == BINARY
        ? EngineProtocol.V3.decodeBinary(packet)
        : EngineProtocol.V3.decodeText(utf8(packet));
  }

  private int length() {
    int length = 0;
    for (int digits = 0; digits <= MOST_DIGITS && next < body.length; digits++) {
      byte b = body[next++];
      if (b == END_OF_LENGTH && digits > 0) {
        return length;
      }
      if (b < 0 || b > 9 || digits == MOST_DIGITS) {
        break;
      }
      length = length * 10 + b;
    }
    throw new MalformedPacketException("Engine.IO payload without a length");
  }

  /** Text of a client, which has to be UTF-8. */
  static String utf8(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new MalformedPacketException("text that is no UTF-8");
    }
  }
}
