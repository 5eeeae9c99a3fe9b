package io.github.upgradehandler.guard;

import io.github.upgradehandler.Admission;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.MessageAdmission;
import io.github.upgradehandler.MessageGuard;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.nio.ByteBuffer;
import java.security.Principal;
import java.time.Duration;
import java.util.Optional;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Has clients sign in with their first message, a text, within a deadline; others are closed with
 * 1008, also those that are late: they are not to come back before they know better. The handler
 * knows nothing of it: its {@link WebSocketHandler#onOpen} comes when the client has signed in, and
 * {@link WebSocket#principal} says who it is. Until then the connection is open all the same, and
 * in the servlet's {@code connections()}.
 */
public final class FirstMessage implements MessageGuard {

  private static final int LONGEST_MESSAGE = 8 << 10;
  private static final String TOO_LATE = "sign-in took too long";

  private final TokenVerifier verifier;
  private final long withinNanos;
  private final LongSupplier nanoClock;
  private final Visitors visitors = new Visitors();
  private final MessageAdmission admission =
      Admission.UNCONDITIONAL
          .inspectedBy(handler -> InspectedHandler.of(handler, new Entrance(handler)))
          .withDeadlines(now -> visitors.refuseOverdue(now, TOO_LATE));

  /**
   * A guard.
   *
   * @param verifier gets the message as it is, at most 8192 characters, on the handler's thread
   * @param within the time from the opening to the sign-in, above zero; kept to a quarter of a
   *     second
   */
  public FirstMessage(TokenVerifier verifier, Duration within) {
    this(verifier, within, System::nanoTime);
  }

  FirstMessage(TokenVerifier verifier, Duration within, LongSupplier nanoClock) {
    if (within.isNegative() || within.isZero()) {
      throw new IllegalArgumentException("the time for signing in must be above zero: " + within);
    }
    this.verifier = verifier;
    this.withinNanos = within.toNanos();
    this.nanoClock = nanoClock;
  }

  @Override
  public MessageAdmission admit(Handshake handshake) {
    return admission;
  }

  /** How many are waited for. */
  int visitors() {
    return visitors.size();
  }

  /** Keeps everything from the handler until its connection has signed in. */
  private final class Entrance implements Inspection {

    private final WebSocketHandler handler;
    private @Nullable Visitor visitor;
    private @Nullable StringBuilder message = new StringBuilder(0);

    Entrance(WebSocketHandler handler) {
      this.handler = handler;
    }

    @Override
    public boolean open(WebSocket socket) {
      Visitor opened = new Visitor(socket);
      visitor = opened;
      long now = nanoClock.getAsLong();
      visitors.add(opened, now, now + withinNanos);
      socket.whenClosed().thenRun(() -> visitors.remove(opened));
      return false;
    }

    @Override
    public boolean text(WebSocket socket, String part, boolean last) {
      StringBuilder first = message;
      Visitor expected = visitor;
      if (first == null || expected == null) {
        return event();
      }
      if (first.length() + part.length() > LONGEST_MESSAGE) {
        refuse(expected, "sign-in message too long");
      } else {
        first.append(part);
        if (last) {
          message = null;
          Optional<Principal> principal = verifier.verify(first.toString());
          if (principal.isEmpty()) {
            refuse(expected, "sign-in refused");
          } else if (expected.signIn()) {
            visitors.remove(expected);
            socket.signIn(principal.get());
            handler.onOpen(socket);
          }
        }
      }
      return false;
    }

    @Override
    public boolean binary(WebSocket socket, ByteBuffer part, boolean last) {
      if (message != null && visitor != null) {
        refuse(visitor, "sign in with a text first");
      }
      return event();
    }

    @Override
    public boolean ping(WebSocket socket, ByteBuffer payload) {
      return event();
    }

    @Override
    public boolean event() {
      return visitor != null && visitor.isSignedIn();
    }

    private void refuse(Visitor refused, String reason) {
      message = null;
      refused.refuse(reason);
      visitors.remove(refused);
    }
  }
}
