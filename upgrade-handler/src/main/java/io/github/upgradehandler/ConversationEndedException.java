package io.github.upgradehandler;

import org.jspecify.annotations.Nullable;

/**
 * The connection of a {@link Conversation} has ended, so that nothing more can be received, or
 * sent. Its cause is what {@link WebSocketHandler#onError} tells, if something failed.
 */
public final class ConversationEndedException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final transient CloseEvent event;

  ConversationEndedException(CloseEvent event, @Nullable Throwable cause) {
    super(describe(event), cause);
    this.event = event;
  }

  /** How the connection ended. */
  public CloseEvent closeEvent() {
    return event;
  }

  private static String describe(CloseEvent event) {
    String reason = event.reason().isEmpty() ? "" : " (" + event.reason() + ")";
    return "the connection has ended with " + event.code() + reason;
  }
}
