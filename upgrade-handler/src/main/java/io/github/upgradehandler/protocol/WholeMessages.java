package io.github.upgradehandler.protocol;

import io.github.upgradehandler.WebSocketConfig;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Hands on whole messages: straight from the reader's buffer where one lies there complete, else
 * from a buffer that grows with what has come, never with what is announced.
 */
final class WholeMessages extends MessageAssembler {

  private static final byte[] NOTHING = {};
  private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;
  private static final int GROWTH = 4;

  private final ProtocolEvents events;
  private byte[] collected = NOTHING;
  private int size;
  private @Nullable Pieces pieces;

  WholeMessages(WebSocketConfig config, @Nullable Extension extension, ProtocolEvents events) {
    super(config, LONGEST_ARRAY, extension);
    this.events = events;
  }

  @Override
  void accept(boolean text, byte[] bytes, int offset, int length, boolean last) {
    if (last && size == 0 && pieces == null) {
      deliver(text, bytes, offset, length);
      return;
    }
    if (length == 0 && !last) {
      return;
    }
    if (pieces == null && isLengthKnown()) {
      collect(bytes, offset, length);
    } else {
      collectPiece(bytes, offset, length);
    }
    if (last) {
      byte[] message = pieces == null ? collected : pieces.join();
      int whole = pieces == null ? size : message.length;
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
    pieces = null;
  }

  private void deliver(boolean text, byte[] bytes, int offset, int length) {
    if (text) {
      events.onText(new String(bytes, offset, length, StandardCharsets.UTF_8));
    } else {
      events.onBinary(bytes, offset, length);
    }
  }

  /** All of it ends up in one array of its length. */
  private void collect(byte[] bytes, int offset, int length) {
    if (length > collected.length - size) {
      long grown = Math.max(size + length, GROWTH * (long) collected.length);
      collected = Arrays.copyOf(collected, (int) Math.min(mostBytes(), grown));
    }
    System.arraycopy(bytes, offset, collected, size, length);
    size += length;
  }

  private void collectPiece(byte[] bytes, int offset, int length) {
    if (pieces == null) {
      pieces = new Pieces();
    }
    pieces.add(bytes, offset, length, mostBytes());
  }
}
