package io.github.upgradehandler.internal.deflate;

import io.github.upgradehandler.internal.message.MessageEncoding;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.MessageDecoder;
import io.github.upgradehandler.internal.protocol.MessageEncoder;
import io.github.upgradehandler.spi.Role;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Permessage-deflate as agreed, on one of the ends; one for all connections that agreed so. */
final class DeflateExtension implements Extension {

  /** RSV1, "Per-Message Compressed" (section 6). */
  static final int COMPRESSED = 0x40;

  /** Many short fragments, each ended by a flush of up to ten bytes. */
  private static final int GROWTH_BY_FLUSHES = 16 << 10;

  private final int threshold;
  private final int windowBits;
  private final boolean keepsContext;
  private final boolean peerKeepsContext;
  private final int peerWindowBits;
  private final CodecPool<Deflater> deflaters;
  private final CodecPool<InflateCodec> inflaters;
  private final @Nullable MessageEncoding sharedEncoding;

  DeflateExtension(
      Role role,
      DeflateParameters agreed,
      int threshold,
      CodecPool<Deflater> deflaters,
      CodecPool<InflateCodec> inflaters) {
    this.threshold = threshold;
    this.deflaters = deflaters;
    this.inflaters = inflaters;
    windowBits = agreed.windowBits(role);
    keepsContext = agreed.keepsContext(role) && windowBits == DeflateParameters.LARGEST_WINDOW;
    peerKeepsContext = agreed.keepsContext(role.peer());
    peerWindowBits = agreed.windowBits(role.peer());
    sharedEncoding =
        keepsContext || role.masks()
            ? null
            : new DeflatedEncoding(windowBits, threshold, deflaters);
  }

  @Override
  public int reservedBits() {
    return COMPRESSED;
  }

  /** Fixed codes take nine bits for a byte (RFC 1951 section 3.2.6); stored blocks take less. */
  @Override
  public long maxGrowth(long originalBytes) {
    return (originalBytes >>> 3) + GROWTH_BY_FLUSHES;
  }

  @Override
  public MessageDecoder newDecoder() {
    return peerKeepsContext
        ? new ContextInflater(inflaters, peerWindowBits)
        : new MessageInflater(inflaters, inflaters.lease());
  }

  @Override
  public MessageEncoder newEncoder() {
    return new MessageDeflater(deflaters, windowBits, keepsContext);
  }

  @Override
  public boolean isWorthwhile(int originalBytes) {
    return isWorthwhile(originalBytes, threshold);
  }

  @Override
  public @Nullable MessageEncoding sharedEncoding() {
    return sharedEncoding;
  }

  /** Whether a message is neither too small to gain by it nor too large for an array. */
  static boolean isWorthwhile(int originalBytes, int threshold) {
    return originalBytes >= threshold && originalBytes <= MessageDeflater.LONGEST_PAYLOAD;
  }
}
