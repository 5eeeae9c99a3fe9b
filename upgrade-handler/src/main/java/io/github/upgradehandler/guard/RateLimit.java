package io.github.upgradehandler.guard;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.MessageAdmission;
import io.github.upgradehandler.MessageGuard;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.guard.TokenBucket.Rate;
import java.nio.ByteBuffer;
import java.util.function.LongSupplier;

/**
 * Bounds the messages and the bytes that each connection may send in a second, with bursts. Pings
 * count as messages; bytes are those of the payload, after inflating. A message larger than the
 * burst of bytes passes when nothing was sent for long enough. Of a message that is taken in parts
 * the first decides.
 */
public final class RateLimit implements MessageGuard {

  private final Rate messages;
  private final Rate bytes;
  private final Excess excess;
  private final LongSupplier nanoClock;

  private RateLimit(Builder builder, LongSupplier nanoClock) {
    this.messages = builder.messages;
    this.bytes = builder.bytes;
    this.excess = builder.excess;
    this.nanoClock = nanoClock;
  }

  /** A builder of a limit that bounds nothing yet. */
  public static Builder builder() {
    return new Builder();
  }

  @Override
  public MessageAdmission admit(Handshake handshake) {
    return Admission.UNCONDITIONAL.inspectedBy(
        handler -> InspectedHandler.of(handler, new Meter()));
  }

  /** What one connection has left. */
  private final class Meter implements Inspection {

    private final TokenBucket messagesLeft = new TokenBucket(messages, nanoClock.getAsLong());
    private final TokenBucket bytesLeft = new TokenBucket(bytes, nanoClock.getAsLong());
    private boolean inside;
    private boolean passing;
    private boolean closed;

    @Override
    public boolean open(WebSocket socket) {
      return true;
    }

    @Override
    public boolean text(WebSocket socket, String part, boolean last) {
      return passes(socket, bytes.isUnlimited() ? 0 : utf8Length(part), last);
    }

    @Override
    public boolean binary(WebSocket socket, ByteBuffer part, boolean last) {
      return passes(socket, part.remaining(), last);
    }

    @Override
    public boolean ping(WebSocket socket, ByteBuffer payload) {
      return decide(socket, payload.remaining(), nanoClock.getAsLong());
    }

    @Override
    public boolean event() {
      return true;
    }

    private boolean passes(WebSocket socket, long length, boolean last) {
      long now = nanoClock.getAsLong();
      if (!inside) {
        passing = decide(socket, length, now);
      } else if (passing) {
        bytesLeft.take(length, now);
      }
      inside = !last;
      return passing;
    }

    private boolean decide(WebSocket socket, long length, long now) {
      if (closed) {
        return false; // what comes until the peer has answered our Close frame
      }
      if (messagesLeft.has(1, now) && bytesLeft.has(length, now)) {
        messagesLeft.take(1, now);
        bytesLeft.take(length, now);
        return true;
      }
      excess.exceeded(socket);
      closed = !socket.isOpen();
      return false;
    }
  }

  private static long utf8Length(String text) {
    long length = text.length();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c >= 0x800 && !Character.isSurrogate(c)) {
        length += 2;
      } else if (c >= 0x80) {
        length++; // two bytes; and a pair of surrogates, two chars, has four
      }
    }
    return length;
  }

  /** Sets what is bounded. Not thread-safe. */
  public static final class Builder {

    private Rate messages = Rate.UNLIMITED;
    private Rate bytes = Rate.UNLIMITED;
    private Excess excess = Excess.CLOSE;

    private Builder() {}

    /**
     * Bounds messages.
     *
     * @param perSecond in the long run, from 1
     * @param burst at once after a pause, from 1
     */
    public Builder messages(int perSecond, int burst) {
      messages = rate(perSecond, burst);
      return this;
    }

    /**
     * Bounds bytes.
     *
     * @param perSecond in the long run, from 1
     * @param burst at once after a pause, from 1
     */
    public Builder bytes(int perSecond, int burst) {
      bytes = rate(perSecond, burst);
      return this;
    }

    /** Sets what happens beyond. Default {@link Excess#CLOSE}. */
    public Builder excess(Excess value) {
      excess = value;
      return this;
    }

    /** The limit. */
    public RateLimit build() {
      return build(System::nanoTime);
    }

    RateLimit build(LongSupplier nanoClock) {
      return new RateLimit(this, nanoClock);
    }

    private static Rate rate(int perSecond, int burst) {
      if (perSecond < 1 || burst < 1) {
        throw new IllegalArgumentException(
            "a rate of " + perSecond + " in a second and " + burst + " at once: both from 1");
      }
      return new Rate(perSecond, burst);
    }
  }
}
