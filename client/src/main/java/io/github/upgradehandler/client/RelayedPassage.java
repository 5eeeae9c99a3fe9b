package io.github.upgradehandler.client;

import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * One direction of a relay. What passes is passed by the source's handler, one call after another;
 * the rest is thread-safe.
 */
final class RelayedPassage {

  /** More are not remembered: a pong to an earlier one is not passed on. */
  private static final int MOST_PINGS = 16;

  /**
   * Beyond so many bytes or characters of a message its fragments are not passed as they come...
   */
  private static final long LARGE = 512 << 10;

  /** ...but in such of this size at least: a peer counts them, and reads are small. */
  private static final int FRAGMENT = 64 << 10;

  private final AtomicInteger unsent = new AtomicInteger();
  private final Deque<ByteBuffer> pings = new ArrayDeque<>(); // guarded by itself
  private final StringBuilder text = new StringBuilder(); // held, as is the next
  private final ByteArrayOutputStream binary = new ByteArrayOutputStream();
  private long passedOfMessage;
  private volatile boolean inMessage;
  private volatile boolean refused;

  SendResult text(WebSocket target, String part, boolean last) {
    if (isHeld(text.length(), part.length(), last)) {
      text.append(part);
      return SendResult.ACCEPTED;
    }
    String all = text.length() == 0 ? part : text.append(part).toString();
    text.setLength(0);
    return passed(target, ended(last) ? target.sendText(all) : target.sendText(all, last));
  }

  SendResult binary(WebSocket target, ByteBuffer part, boolean last) {
    if (isHeld(binary.size(), part.remaining(), last)) {
      hold(part);
      return SendResult.ACCEPTED;
    }
    ByteBuffer all = part;
    if (binary.size() > 0) {
      hold(part);
      all = ByteBuffer.wrap(binary.toByteArray());
      binary.reset();
    }
    return passed(target, ended(last) ? target.sendBinary(all) : target.sendBinary(all, last));
  }

  SendResult ping(WebSocket target, ByteBuffer payload) {
    ByteBuffer copy = ByteBuffer.allocate(payload.remaining()).put(payload.duplicate()).flip();
    synchronized (pings) {
      if (pings.size() == MOST_PINGS) {
        pings.remove();
      }
      pings.add(copy);
    }
    return target.sendPing(copy.duplicate());
  }

  /**
   * Whether a pong answers a ping that was passed, which is done then, and those before it (RFC
   * 6455 section 5.5.3). The library's own pings are not among them.
   */
  boolean isAnswered(ByteBuffer payload) {
    synchronized (pings) {
      if (!pings.contains(payload)) {
        return false;
      }
      while (!pings.remove().equals(payload)) {
        // Those before it.
      }
      return true;
    }
  }

  /** Whether something that was passed, or is part of a message, may not have been written. */
  boolean isCut() {
    return inMessage || refused || unsent.get() > 0;
  }

  /** Whether to wait for more of a message: its end sends what is there. */
  private boolean isHeld(int held, int part, boolean last) {
    passedOfMessage += part;
    if (last || passedOfMessage < LARGE || held + part >= FRAGMENT) {
      return false;
    }
    inMessage = true;
    return true;
  }

  /** Notes what comes after this; whether it is a message as a whole. */
  private boolean ended(boolean last) {
    boolean whole = last && !inMessage;
    inMessage = !last;
    if (last) {
      passedOfMessage = 0;
    }
    unsent.incrementAndGet();
    return whole;
  }

  private void hold(ByteBuffer part) {
    byte[] bytes = new byte[part.remaining()];
    part.get(bytes);
    binary.write(bytes, 0, bytes.length);
  }

  private SendResult passed(WebSocket target, SendResult result) {
    if (result.isAccepted()) {
      target.whenSent().thenRun(unsent::decrementAndGet);
    } else {
      refused = true;
    }
    return result;
  }
}
