package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.Acceptance;
import io.github.upgradehandler.Admission;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.internal.protocol.Extension;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The values that a connection begins with.
 *
 * @param handshake the request
 * @param admission what the guards remember; released when the connection has ended
 * @param acceptance the application's answer, with the subprotocol that is agreed on
 * @param handler handles the connection, with all that the guards put around it
 * @param extension what was agreed on, if anything
 */
public record AcceptedHandshake(
    Handshake handshake,
    Admission admission,
    Acceptance acceptance,
    WebSocketHandler handler,
    @Nullable Extension extension) {

  /** The same with what was agreed on. */
  public AcceptedHandshake withExtension(@Nullable Extension agreed) {
    return new AcceptedHandshake(handshake, admission, acceptance, handler, agreed);
  }

  /** What was agreed on, if anything. */
  public @Nullable String subprotocol() {
    return acceptance.subprotocol().orElse(null);
  }

  /** Who is shown the frames: guards need not know of it to put something around it. */
  @Nullable FrameObserver observer() {
    if (handler instanceof FrameObserver observer) {
      return observer;
    }
    return acceptance.handler() instanceof FrameObserver observer ? observer : null;
  }

  /** Values that the connection has from the start. */
  Map<String, Object> attributes() {
    if (acceptance.attributes().isEmpty()) {
      return handshake.attributes();
    }
    Map<String, Object> all = new HashMap<>(handshake.attributes());
    all.putAll(acceptance.attributes());
    return all;
  }
}
