package io.github.upgradehandler.socketio.internal.packet;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.upgradehandler.socketio.internal.engine.MalformedPacketException;
import org.jspecify.annotations.Nullable;

/** Reads the parts of a packet's text, each once and in this order. */
final class PacketText {

  private final String text;
  private final int maxNameLength;
  private int next;

  PacketText(String text, int maxNameLength) {
    this.text = text;
    this.maxNameLength = maxNameLength;
  }

  WireType type() {
    if (text.isEmpty()) {
      throw new MalformedPacketException("empty Socket.IO packet");
    }
    return WireType.of(text.charAt(next++));
  }

  /** How many attachments follow. */
  int attachments() {
    int end = text.indexOf('-', next);
    String digits = end < 0 ? "" : text.substring(next, Math.min(end, next + 3));
    if (digits.isEmpty() || digits.length() > 2 || !digits.chars().allMatch(this::isDigit)) {
      throw new MalformedPacketException("number of attachments that is none, or too large");
    }
    next = end + 1;
    int count = Integer.parseInt(digits);
    if (count > PacketEncoder.MOST_ATTACHMENTS) {
      throw new MalformedPacketException("more than 10 attachments");
    }
    return count;
  }

  /** The namespace, with its query if the client is one of version 2. */
  String namespace() {
    if (next >= text.length() || text.charAt(next) != '/') {
      return "/";
    }
    int comma = text.indexOf(',', next);
    int end = comma < 0 ? text.length() : comma;
    if (end - next > maxNameLength) {
      throw new MalformedPacketException("name of a namespace over maxNameLength");
    }
    String name = text.substring(next, end);
    next = Math.min(text.length(), end + 1);
    return name;
  }

  @Nullable Long id(int mostDigits) {
    int start = next;
    while (next < text.length() && isDigit(text.charAt(next))) {
      next++;
    }
    if (next == start) {
      return null;
    }
    if (next - start > mostDigits) {
      throw new MalformedPacketException("id of an event that is too large");
    }
    return Long.valueOf(text.substring(start, next));
  }

  @Nullable JsonNode data() {
    return next == text.length() ? null : PacketJson.read(text.substring(next));
  }

  private boolean isDigit(int c) {
    return '0' <= c && c <= '9';
  }
}
