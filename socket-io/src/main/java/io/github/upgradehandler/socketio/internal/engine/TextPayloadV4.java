package io.github.upgradehandler.socketio.internal.engine;

import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.stream.Collectors;

/** The payload of protocol 4: packets with U+001E between them. */
final class TextPayloadV4 implements Iterator<EnginePacket> {

  private static final char SEPARATOR = '\u001e';

  private final String body;
  private int next;

  TextPayloadV4(String body) {
    this.body = body;
  }

  static String encode(List<EnginePacket> packets) {
    return packets.stream()
        .map(packet -> packet.asText(EngineProtocol.V4))
        .collect(Collectors.joining(String.valueOf(SEPARATOR)));
  }

  /** An empty body is one empty packet, which is malformed. */
  @Override
  public boolean hasNext() {
    return next <= body.length();
  }

  @Override
  public EnginePacket next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int separator = body.indexOf(SEPARATOR, next);
    int end = separator < 0 ? body.length() : separator;
    String packet = body.substring(next, end);
    next = end + 1;
    return EngineProtocol.V4.decodeText(packet);
  }
}
