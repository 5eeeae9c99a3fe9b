package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseStatus;
import java.nio.ByteBuffer;

/** Payloads of control frames (section 5.5). */
final class ControlPayload {

  static final int MAX_BYTES = 125;

  private ControlPayload() {}

  /** The code and the reason; nothing where the peer gave no code to repeat (section 5.5.1). */
  static ByteBuffer close(CloseStatus status) {
    if (status.equals(CloseStatus.NO_STATUS_RECEIVED)) {
      return ByteBuffer.allocate(0);
    }
    return ByteBuffer.allocate(MAX_BYTES)
        .putShort((short) status.code())
        .put(status.reasonBytes())
        .flip();
  }
}
