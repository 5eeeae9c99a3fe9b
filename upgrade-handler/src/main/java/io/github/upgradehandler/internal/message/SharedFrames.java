package io.github.upgradehandler.internal.message;

import io.github.upgradehandler.PreparedMessage;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The frames of one {@link PreparedMessage}, one for each encoding, shared by all connections that
 * the message is sent to. Thread-safe.
 */
public final class SharedFrames {

  private static volatile @Nullable Function<PreparedMessage, SharedFrames> access;

  private final Map<MessageEncoding, byte[]> frames = new ConcurrentHashMap<>(2);

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
    Map<MessageEncoding, byte[]> made = Objects.requireNonNull(access).apply(message).frames;
    byte[] frame = made.get(encoding);
    return frame != null ? frame : made.computeIfAbsent(encoding, e -> e.encode(message));
  }
}
