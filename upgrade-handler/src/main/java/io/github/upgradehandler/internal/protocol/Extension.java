package io.github.upgradehandler.internal.protocol;

import io.github.upgradehandler.internal.message.MessageEncoding;
import org.jspecify.annotations.Nullable;

/**
 * An extension that was agreed on and transforms whole messages' payloads (section 9). Thread-safe:
 * one serves many connections, and all state is in its decoders and encoders.
 */
public interface Extension {

  /** The RSV bits that mark a transformed message on its first frame. */
  int reservedBits();

  /** How much longer than its original a transformed message of that length may be. */
  long maxGrowth(long originalBytes);

  /** Reverses the transformation of the peer's messages; to be released once. */
  MessageDecoder newDecoder();

  /** Transforms this end's messages; to be released once. */
  MessageEncoder newEncoder();

  /** Whether a message of that length is worth transforming. */
  boolean isWorthwhile(int originalBytes);

  /** How a message is transformed for all receivers at once; null if each has its own state. */
  @Nullable MessageEncoding sharedEncoding();
}
