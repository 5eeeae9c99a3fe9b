package io.github.upgradehandler.example;

import io.github.upgradehandler.CloseException;
import io.github.upgradehandler.Limits;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.security.Principal;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Lets nobody send more than a token before it has signed in, and large messages after: a handler
 * for one connection, accepted {@code withLimits(RaisedLimit.BEFORE)}.
 */
public final class RaisedLimit implements WebSocketHandler {

  /** Until the token has come. */
  public static final Limits BEFORE = Limits.DEFAULTS.withMaxMessageBytes(100);

  private static final Limits AFTER = Limits.DEFAULTS.withMaxMessageBytes(1 << 20);
  private static final Map<String, Principal> USERS = Map.of("token-of-ann", new User("ann"));

  @Override
  public void onText(WebSocket socket, String text) {
    if (socket.principal().isPresent()) {
      socket.sendText(text.length() + " characters");
      return;
    }
    @Nullable Principal user = USERS.get(text);
    if (user == null) {
      throw new CloseException(4001, "no such token");
    }
    socket.signIn(user);
    socket.setLimits(AFTER);
    socket.sendText("welcome");
  }
}
