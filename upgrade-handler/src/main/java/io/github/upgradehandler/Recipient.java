package io.github.upgradehandler;

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletionStage;

/**
 * The one whom a message reaches, whatever carries it there: a {@link WebSocket}, or what another
 * module has in its place, such as a session over long-polling. What is one can be a member of
 * rooms.
 *
 * <p>Implemented by the library and by modules that build on it, not by applications. Equal to
 * itself alone. Thread-safe; no method blocks.
 */
public interface Recipient {

  /** A short name for logs, unique within the deployment. */
  String id();

  /** The user that is signed in, if any. */
  Optional<Principal> principal();

  /**
   * Sends a message that was prepared once for many.
   *
   * @return {@link SendResult#CLOSED}, and no exception, if this is closing or closed
   */
  SendResult send(PreparedMessage message);

  /**
   * Sends several messages that nothing else comes between, whichever threads send meanwhile: all
   * of them, or none.
   */
  SendResult sendAll(List<PreparedMessage> messages);

  /**
   * A stage that completes when nothing can reach this any more, and was completed before if that
   * is so already. For code that keeps something for it. Dependent actions must not block.
   */
  CompletionStage<?> whenClosed();
}
