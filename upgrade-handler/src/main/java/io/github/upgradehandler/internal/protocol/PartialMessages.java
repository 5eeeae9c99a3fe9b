package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.Limits;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** Hands on messages in parts as they come, holding back only a code point that is cut off. */
final class PartialMessages extends MessageAssembler {

  private static final byte[] NOTHING = {};

  private final ProtocolEvents events;
  private byte[] heldBack = NOTHING;

  PartialMessages(Limits limits, @Nullable Extension extension, ProtocolEvents events) {
    super(limits, extension, Long.MAX_VALUE);
    this.events = events;
  }

  @Override
  boolean checksWhole() {
    return false; // a part may end inside a character
  }

  @Override
  boolean accept(boolean text, byte[] bytes, int offset, int length, boolean last) {
    if (length == 0 && !last) {
      return true;
    }
    if (text) {
      acceptText(bytes, offset, length, last);
    } else {
      events.onBinaryPart(bytes, offset, length, last);
    }
    return events.wantsMore();
  }

  @Override
  void drop() {
    super.drop();
    heldBack = NOTHING;
  }

  private void acceptText(byte[] bytes, int offset, int length, boolean last) {
    if (heldBack.length > 0) {
      byte[] joined = new byte[heldBack.length + length];
      System.arraycopy(heldBack, 0, joined, 0, heldBack.length);
      System.arraycopy(bytes, offset, joined, heldBack.length, length);
      heldBack = NOTHING;
      acceptText(joined, 0, joined.length, last);
      return;
    }
    int cutOff = cutOff(bytes, offset, length);
    if (cutOff > 0) {
      heldBack = new byte[cutOff];
      System.arraycopy(bytes, offset + length - cutOff, heldBack, 0, cutOff);
    }
    if (length > cutOff || last) {
      events.onTextPart(new String(bytes, offset, length - cutOff, StandardCharsets.UTF_8), last);
    }
  }

  /** How many bytes at the end of valid UTF-8 begin a code point without ending it: 0 to 3. */
  private static int cutOff(byte[] bytes, int offset, int length) {
    for (int back = 1; back <= Math.min(3, length); back++) {
      int value = bytes[offset + length - back] & 0xFF;
      if (value < 0x80) {
        return 0;
      }
      if (value >= 0xC0) {
        int codePointLength = value >= 0xF0 ? 4 : value >= 0xE0 ? 3 : 2;
        return codePointLength > back ? back : 0;
      }
    }
    return 0;
  }
}
