package io.github.upgradehandler.internal.deflate;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.internal.protocol.ProtocolEvents;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes events down as text: {@code text Hello}, {@code binary 01ff}, {@code ping 01}, {@code
 * close 1000}, {@code fail 1002}. Parts are joined to messages.
 */
final class EventLog implements ProtocolEvents {

  private final List<String> events = new ArrayList<>();
  private final StringBuilder parts = new StringBuilder();

  List<String> events() {
    return events;
  }

  void failed(int code) {
    events.add("fail " + code);
  }

  @Override
  public void onText(String text) {
    events.add(("text " + text).strip());
  }

  @Override
  public void onBinary(byte[] bytes, int offset, int length) {
    events.add(("binary " + hex(bytes, offset, length)).strip());
  }

  @Override
  public void onTextPart(String part, boolean last) {
    parts.append(part);
    if (last) {
      onText(parts.toString());
      parts.setLength(0);
    }
  }

  @Override
  public void onBinaryPart(byte[] bytes, int offset, int length, boolean last) {
    parts.append(new String(bytes, offset, length, StandardCharsets.ISO_8859_1));
    if (last) {
      byte[] whole = parts.toString().getBytes(StandardCharsets.ISO_8859_1);
      onBinary(whole, 0, whole.length);
      parts.setLength(0);
    }
  }

  @Override
  public void onPing(byte[] bytes, int offset, int length) {
    events.add(("ping " + hex(bytes, offset, length)).strip());
  }

  @Override
  public void onPong(byte[] bytes, int offset, int length) {
    events.add(("pong " + hex(bytes, offset, length)).strip());
  }

  @Override
  public void onClose(CloseStatus status) {
    events.add("close " + status.code());
  }

  @Override
  public boolean wantsMore() {
    return true;
  }

  private static String hex(byte[] bytes, int offset, int length) {
    return HexFormat.of().formatHex(bytes, offset, offset + length);
  }
}
