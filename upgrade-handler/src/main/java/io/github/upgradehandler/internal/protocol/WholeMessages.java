package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.Limits;
import io.github.upgradehandler.internal.frame.ProtocolException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Hands on whole messages: straight from the reader's buffer where one lies there complete, else
 * from memory that grows with what has come, never with what is announced.
 */
final class WholeMessages extends MessageAssembler {

  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final char REPLACEMENT_CHARACTER = '\uFFFD';

  private final ProtocolEvents events;
  private @Nullable Pieces begun;

  WholeMessages(Limits limits, @Nullable Extension extension, ProtocolEvents events) {
    super(limits, extension, LONGEST_ARRAY);
    this.events = events;
  }

  @Override
  boolean checksWhole() {
    return begun == null;
  }

  @Override
  boolean accept(boolean text, byte[] bytes, int offset, int length, boolean last)
      throws ProtocolException {
    Pieces pieces = begun;
    if (pieces == null) {
      if (last) {
        if (text) {
          events.onText(checkedText(bytes, offset, length));
        } else {
          events.onBinary(bytes, offset, length);
        }
        return true;
      }
      if (length == 0) {
        return true;
      }
      pieces = new Pieces();
      begun = pieces;
    }
    pieces.add(bytes, offset, length, maxBytes(), isLengthKnown());
    if (last) {
      begun = null;
      byte[] message = pieces.join();
      if (text) {
        events.onText(new String(message, StandardCharsets.UTF_8));
      } else {
        events.onBinary(message, 0, message.length);
      }
    }
    return true;
  }

  @Override
  void drop() {
    super.drop();
    begun = null;
  }

  /** Decoding is a check: it puts U+FFFD where bytes are no UTF-8, and where the text has one. */
  private String checkedText(byte[] bytes, int offset, int length) throws ProtocolException {
    String text = new String(bytes, offset, length, StandardCharsets.UTF_8);
    if (text.indexOf(REPLACEMENT_CHARACTER) >= 0) {
      checkText(bytes, offset, length, true);
    }
    return text;
  }
}
