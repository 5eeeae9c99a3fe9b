package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.internal.protocol.Receiver.Delivery;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Writes events down as text: {@code text Hello}, {@code binary 01ff}, {@code ping 01}, {@code pong
 * 01}, {@code close 1000 bye}, {@code fail 1002}. Parts are joined to messages.
 */
public final class EventLog implements ProtocolEvents {

  private final Delivery delivery;
  private final boolean wantsMore;
  private final List<String> events = new ArrayList<>();
  private final StringBuilder parts = new StringBuilder();

  /**
   * A log.
   *
   * @param wantsMore whether to go on after each event
   */
  public EventLog(Delivery delivery, boolean wantsMore) {
    this.delivery = delivery;
    this.wantsMore = wantsMore;
  }

  public List<String> events() {
    return events;
  }

  public void failed(int code) {
    events.add("fail " + code);
  }

  @Override
  public void onText(String text) {
    require(Delivery.WHOLE);
    events.add(("text " + text).strip());
  }

  @Override
  public void onBinary(byte[] bytes, int offset, int length) {
    require(Delivery.WHOLE);
    addBytes("binary", bytes, offset, length);
  }

  @Override
  public void onTextPart(String part, boolean last) {
    addPart("text", part, last);
  }

  @Override
  public void onBinaryPart(byte[] bytes, int offset, int length, boolean last) {
    addPart("binary", hex(bytes, offset, length), last);
  }

  @Override
  public void onPing(byte[] bytes, int offset, int length) {
    addBytes("ping", bytes, offset, length);
  }

  @Override
  public void onPong(byte[] bytes, int offset, int length) {
    addBytes("pong", bytes, offset, length);
  }

  @Override
  public void onClose(CloseStatus status) {
    events.add(("close " + status.code() + " " + status.reason()).strip());
  }

  @Override
  public boolean wantsMore() {
    return wantsMore;
  }

  private void addPart(String kind, String part, boolean last) {
    require(Delivery.PARTS);
    if (part.isEmpty() && !last) {
      throw new AssertionError("an empty part that is not the last tells nothing");
    }
    parts.append(part);
    if (last) {
      events.add((kind + " " + parts).strip());
      parts.setLength(0);
    }
  }

  private void addBytes(String kind, byte[] bytes, int offset, int length) {
    events.add((kind + " " + hex(bytes, offset, length)).strip());
  }

  private void require(Delivery expected) {
    if (delivery != expected) {
      throw new AssertionError(expected + " was not asked for");
    }
  }

  private static String hex(byte[] bytes, int offset, int length) {
    return HexFormat.of().formatHex(bytes, offset, offset + length);
  }
}
