package io.github.upgradehandler.internal.message;

import io.github.upgradehandler.PreparedMessage;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one {@link PreparedMessage}, one for each encoding, shared by all connections that
 * the message is sent to. Thread-safe.
 *
 * <p>There are one or two of them, seldom more: a list finds one faster than a map does, and a
 * message for a single connection makes no map.
 */
public final class SharedFrames {

  private static volatile @Nullable Function<PreparedMessage, SharedFrames> access;

  /** A frame, and those that were made before it. */
  private static final class Made {

    private final MessageEncoding encoding;
    private final byte[] frame;
    private final @Nullable Made earlier;

    Made(MessageEncoding encoding, byte[] frame, @Nullable Made earlier) {
      this.encoding = encoding;
      this.frame = frame;
      this.earlier = earlier;
    }
  }

  private volatile @Nullable Made last;

  /** No frames yet. */
  public SharedFrames() {}

  /**
   * Called by the class {@link PreparedMessage} when it is loaded: so that its frames can be
   * reached from here, and are no part of what applications see of it.
   */
  public static void setAccess(Function<PreparedMessage, SharedFrames> framesOf) {
    access = framesOf;
  }

  /** The frame of a message in an encoding, made at the first call; never to be changed. */
  public static byte[] frame(PreparedMessage message, MessageEncoding encoding) {
    SharedFrames frames = Objects.requireNonNull(access).apply(message);
    byte[] frame = frames.find(encoding);
    return frame != null ? frame : frames.make(message, encoding);
  }

  private byte @Nullable [] find(MessageEncoding encoding) {
    for (Made made = last; made != null; made = made.earlier) {
      if (made.encoding.equals(encoding)) {
        return made.frame;
      }
    }
    return null;
  }

  private synchronized byte[] make(PreparedMessage message, MessageEncoding encoding) {
    byte[] frame = find(encoding); // another thread may have made it meanwhile
    if (frame == null) {
      frame = encoding.encode(message);
      last = new Made(encoding, frame, last);
    }
    return frame;
  }
}
