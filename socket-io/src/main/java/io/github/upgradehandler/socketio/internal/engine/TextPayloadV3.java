package io.github.upgradehandler.socketio.internal.engine;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;

/** The payload of protocol 3 as text: each packet after its length in UTF-16 and a colon. */
final class TextPayloadV3 implements Iterator<EnginePacket> {

  /** More than any body that is accepted. */
  private static final int MOST_DIGITS = 9;

  private final String body;
  private int next;

  TextPayloadV3(String body) {
    this.body = body;
  }

  static String encode(List<EnginePacket> packets) {
    StringBuilder payload = new StringBuilder();
    for (EnginePacket packet : packets) {
      String text = packet.asText(EngineProtocol.V3);
      payload.append(text.length()).append(':').append(text);
    }
    return payload.toString();
  }

  /** An empty body is malformed. */
  @Override
  public boolean hasNext() {
    return next < body.length() || body.isEmpty();
  }

  @Override
  public EnginePacket next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int length = length();
    int end = next + length;
    if (length == 0 || end > body.length()) {
      throw new MalformedPacketException("Engine.IO payload whose length is wrong");
    }
    String packet = body.substring(next, end);
    next = end;
    return EngineProtocol.V3.decodeText(packet);
  }

  private int length() {
    int length = 0;
    for (int digits = 0; digits <= MOST_DIGITS && next < body.length(); digits++) {
      char c = body.charAt(next++);
      if (c == ':' && digits > 0) {
        return length;
      }
      if (c < '0' || c > '9' || digits == MOST_DIGITS) {
        break;
      }
      length = length * 10 + (c - '0');
    }
    throw new MalformedPacketException("Engine.IO payload without a length");
  }
}
