package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.message.MessageEncoding;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An extension to be read at a glance: pairs of a count and a byte. Marked by RSV1. */
final class RunLengthExtension implements Extension {

  private static final byte[] NOTHING = {};

  private final boolean keepsContext;
  private final int threshold;

  int opened;
  int closed;
  int encodersOpened;
  int encodersClosed;

  RunLengthExtension(boolean keepsContext) {
    this(keepsContext, 0);
  }

  /** One that leaves messages of fewer bytes as they are. */
  RunLengthExtension(boolean keepsContext, int threshold) {
    this.keepsContext = keepsContext;
    this.threshold = threshold;
  }

  @Override
  public int reservedBits() {
    return 0x40;
  }

  /** Two bytes for one at worst. */
  @Override
  public long maxGrowth(long originalBytes) {
    return originalBytes;
  }

  @Override
  public MessageDecoder newDecoder() {
    opened++;
    return new Decoder();
  }

  @Override
  public MessageEncoder newEncoder() {
    encodersOpened++;
    return new Encoder();
  }

  @Override
  public boolean isWorthwhile(int originalBytes) {
    return originalBytes >= threshold;
  }

  @Override
  public @Nullable MessageEncoding sharedEncoding() {
    return null;
  }

  private final class Decoder implements MessageDecoder {

    private int count = -1;
    private byte[] rest = NOTHING;
    private boolean lastRest;

    @Override
    public boolean decode(byte[] bytes, int offset, int length, boolean last, Output output)
        throws ProtocolException {
      for (int i = offset; i < offset + length; i++) {
        if (count < 0) {
          count = bytes[i] & 0xFF;
        } else {
          byte[] run = new byte[count];
          Arrays.fill(run, bytes[i]);
          count = -1;
          if (!output.accept(run, 0, run.length, false)) {
            rest = Arrays.copyOfRange(bytes, i + 1, offset + length);
            lastRest = last;
            return false;
          }
        }
      }
      if (last) {
        if (count >= 0) {
          throw ProtocolException.breach("a count without its byte");
        }
        output.accept(NOTHING, 0, 0, true);
      }
      return true;
    }

    @Override
    public boolean resume(Output output) throws ProtocolException {
      byte[] left = rest;
      rest = NOTHING;
      return decode(left, 0, left.length, lastRest, output);
    }

    @Override
    public boolean keepsContext() {
      return keepsContext;
    }

    @Override
    public void release() {
      closed++;
    }
  }

  private final class Encoder implements MessageEncoder {

    @Override
    public ByteBuffer encode(ByteBuffer payload, boolean last) {
      ByteArrayOutputStream pairs = new ByteArrayOutputStream();
      ByteBuffer rest = payload.duplicate();
      while (rest.hasRemaining()) {
        byte value = rest.get();
        int count = 1;
        while (rest.hasRemaining() && count < 255 && rest.get(rest.position()) == value) {
          rest.get();
          count++;
        }
        pairs.write(count);
        pairs.write(value);
      }
      return ByteBuffer.wrap(pairs.toByteArray());
    }

    @Override
    public boolean keepsContext() {
      return keepsContext;
    }

    @Override
    public void release() {
      encodersClosed++;
    }
  }
}
