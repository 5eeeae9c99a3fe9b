package io.github.upgradehandler.deflate;

import io.github.upgradehandler.MessageEncoding;
import io.github.upgradehandler.frame.Role;
import io.github.upgradehandler.protocol.Extension;
import io.github.upgradehandler.protocol.MessageDecoder;
import io.github.upgradehandler.protocol.MessageEncoder;
import java.util.zip.Deflater;
import org.jspecify.annotations.Nullable;

/** Permessage-deflate as agreed for a connection, on one of its ends. */
record DeflateExtension(
    Role role,
    DeflateParameters agreed,
    int threshold,
    CodecPool<Deflater> deflaters,
    CodecPool<InflateCodec> inflaters)
    implements Extension {

  /** RSV1, "Per-Message Compressed" (section 6). */
  static final int COMPRESSED = 0x40;

  @Override
  public int reservedBits() {
    return COMPRESSED;
  }

  /** What does not compress is stored, in blocks with a header of five bytes. */
  @Override
  public long mostGrowth(long originalBytes) {
    return (originalBytes >>> 6) + 64;
  }

  @Override
  public MessageDecoder newDecoder() {
    return new MessageInflater(inflaters, agreed.keepsContext(role.peer()));
  }

  @Override
  public MessageEncoder newEncoder() {
    return new MessageDeflater(deflaters, agreed.windowBits(role), keepsContext());
  }

  @Override
  public boolean isWorthwhile(int originalBytes) {
    return originalBytes >= threshold;
  }

  @Override
  public @Nullable MessageEncoding sharedEncoding() {
    return keepsContext() || role.masks()
        ? null
        : new DeflatedEncoding(agreed.windowBits(role), threshold, deflaters);
  }

  private boolean keepsContext() {
    return agreed.keepsContext(role) && agreed.windowBits(role) == DeflateParameters.LARGEST_WINDOW;
  }
}
