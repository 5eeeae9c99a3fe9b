package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Guard;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.HandshakeRefusedException;
import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.WebSocketHandler;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that the guards have let in.
 *
 * @param handshake names the user that the guards have found to be signed in
 * @param admission what they remember of it; to be released by any code that ends the request or
 *     its connection
 */
public record Admitted(Handshake handshake, Admission admission) {

  /**
   * Asks the guards.
   *
   * @throws HandshakeRefusedException if one refuses
   */
  public static Admitted by(List<Guard> guards, Handshake asked) {
    Admission admission = ReleasedOnce.of(Guard.inOrder(guards).admit(asked));
    try {
      Optional<Principal> found = admission.principal();
      return new Admitted(found.map(asked::withPrincipal).orElse(asked), admission);
    } catch (Throwable e) {
      admission.release();
      throw e;
    }
  }

  /**
   * What the guards put around a handler.
   *
   * @throws IllegalStateException if it would lose messages
   */
  public WebSocketHandler around(WebSocketHandler handler) {
    WebSocketHandler surrounded = admission.around(handler);
    if (surrounded == null) {
      throw new IllegalStateException("a guard's Admission.around gave no handler");
    }
    if (handler instanceof PartialHandler && !(surrounded instanceof PartialHandler)) {
      throw new IllegalStateException(
          "a guard's Admission.around has put "
              + surrounded.getClass().getName()
              + ", which is no PartialHandler, around the PartialHandler "
              + handler.getClass().getName());
    }
    return surrounded;
  }

  /** Who is shown the frames: guards need not know of it to put something around it. */
  public static @Nullable FrameObserver observer(
      WebSocketHandler surrounded, WebSocketHandler accepted) {
    if (surrounded instanceof FrameObserver observer) {
      return observer;
    }
    return accepted instanceof FrameObserver observer ? observer : null;
  }
}
