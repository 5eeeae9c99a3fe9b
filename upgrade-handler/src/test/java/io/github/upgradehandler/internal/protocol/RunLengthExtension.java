package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.MessageEncoding;
import io.github.upgradehandler.internal.frame.ProtocolException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** An extension to be read at a glance: pairs of a count and a byte. Marked by RSV1. */
final class RunLengthExtension implements Extension {

  private static final byte[] NOTHING = {};

  private final boolean keepsContext;

  int opened;
  int closed;

  RunLengthExtension(boolean keepsContext) {
    this.keepsContext = keepsContext;
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
    throw new UnsupportedOperationException();
  }

  @Override
  public boolean isWorthwhile(int originalBytes) {
    return true;
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
    public void close() {
      closed++;
    }
  }
}
