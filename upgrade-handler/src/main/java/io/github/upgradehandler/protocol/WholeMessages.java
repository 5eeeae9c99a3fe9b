package io.github.upgradehandler.protocol;

import io.github.upgradehandler.WebSocketConfig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hands on whole messages: straight from the reader's buffer where one lies there complete, else
 * from one buffer that grows with what has come, never with what is announced.
 */
final class WholeMessages extends MessageAssembler {

  private static final byte[] NOTHING = {};
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

  private final ProtocolEvents events;
  private byte[] collected = NOTHING;
  private int size;

  WholeMessages(WebSocketConfig config, @Nullable Extension extension, ProtocolEvents events) {
    super(config, LONGEST_ARRAY, extension);
    this.events = events;
  }

  @Override
  void accept(boolean text, byte[] bytes, int offset, int length, boolean last) {
    if (last && size == 0) {
      deliver(text, bytes, offset, length);
      return;
    }
    if (length > collected.length - size) {
      collected = Arrays.copyOf(collected, capacityFor(size + length));
    }
    System.arraycopy(bytes, offset, collected, size, length);
    size += length;
    if (last) {
      byte[] message = collected;
      int whole = size;
      forget();
      deliver(text, message, 0, whole);
    }
  }

  @Override
  void drop() {
    super.drop();
    forget();
  }

  private void forget() {
    collected = NOTHING;
    size = 0;
  }

  private void deliver(boolean text, byte[] bytes, int offset, int length) {
    if (text) {
      events.onText(new String(bytes, offset, length, StandardCharsets.UTF_8));
    } else {
      events.onBinary(bytes, offset, length);
    }
  }

  /** Four times as much where the end is known, else twice; never beyond what may come. */
  private int capacityFor(int needed) {
    long grown = collected.length * (isLengthKnown() ? 4L : 2L);
    return (int) Math.min(mostBytes(), Math.max(needed, grown));
  }
}
