package io.github.upgradehandler.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.Message;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/** Messages that wait for a connection, up to a bound. Not thread-safe. */
final class HeldMessages {

  /** What keeping a message takes besides its content. */
  private static final int OVERHEAD = 64;

  private final long maxBytes;
  private final Queue<Message> messages = new ArrayDeque<>();
  private long bytes;

  HeldMessages(long maxBytes) {
    this.maxBytes = maxBytes;
  }

  /**
   * Adds a message, if it fits.
   *
   * @throws IllegalArgumentException if it is a text that has no UTF-8
   */
  boolean add(Message message) {
    long size = size(message);
    if (bytes + size > maxBytes) {
      return false;
    }
    bytes += size;
    messages.add(message);
    return true;
  }

  boolean isEmpty() {
    return messages.isEmpty();
  }

  @Nullable Message peek() {
    return messages.peek();
  }

  void remove() {
    bytes -= size(messages.remove());
  }

  List<Message> takeAll() {
    List<Message> all = new ArrayList<>(messages);
    messages.clear();
    bytes = 0;
    return all;
  }

  private static long size(Message message) {
    if (message instanceof Message.Binary binary) {
      return OVERHEAD + (long) binary.payload().remaining();
    }
    String text = ((Message.Text) message).text();
    if (!UTF_8.newEncoder().canEncode(text)) {
      throw new IllegalArgumentException("the text holds an unpaired surrogate");
    }
    return OVERHEAD + 2L * text.length();
  }
}
