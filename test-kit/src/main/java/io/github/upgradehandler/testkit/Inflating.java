package io.github.upgradehandler.testkit;

import io.github.upgradehandler.internal.frame.ProtocolException;
import io.github.upgradehandler.internal.protocol.Extension;
import io.github.upgradehandler.internal.protocol.MessageDecoder;
import java.io.ByteArrayOutputStream;
import org.jspecify.annotations.Nullable;

/** Gives the payloads of compressed messages their original form. Not thread-safe. */
final class Inflating {

  private final Extension extension;
  private @Nullable MessageDecoder decoder;

  Inflating(Extension extension) {
    this.extension = extension;
  }

  /**
   * The original of a frame's payload: what has come of it, since a sender may cut a message
   * anywhere.
   *
   * @param last whether the message ends with it
   */
  byte[] original(byte[] payload, boolean last) throws ProtocolException {
    MessageDecoder current = decoder == null ? extension.newDecoder() : decoder;
    decoder = current;
    ByteArrayOutputStream original = new ByteArrayOutputStream();
    current.decode(
        payload,
        0,
        payload.length,
        last,
        (bytes, offset, length, end) -> {
          original.write(bytes, offset, length);
          return true;
        });
    if (last && !current.keepsContext()) {
      release();
    }
    return original.toByteArray();
  }

  /** Frees what it holds; the next message, if there is one, must not build on those before. */
  void release() {
    if (decoder != null) {
      decoder.release();
      decoder = null;
    }
  }
}
