package io.github.upgradehandler.servlet;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;

/** What connections and the HTTP sessions that they were opened with have to do with each other. */
final class SessionTie {

  private static final CloseStatus ENDED = CloseStatus.POLICY_VIOLATION.withReason("session ended");

  private final String servlet;
  private final WebSocketConfig config;
  private final SessionOrigin sessions = new SessionOrigin();

  SessionTie(String servlet, WebSocketConfig config) {
    this.servlet = servlet;
    this.config = config;
  }

  /**
   * Does what the configuration says.
   *
   * @param own the request as the container has it
   */
  void tie(
      WebSocket connection,
      ServletTransport transport,
      HttpSession session,
      HttpServletRequest own) {
    boolean close = config.closeWithSession();
    boolean use = config.messagesUseSession();
    if (close || use) {
      sessions.warnIfReplaced(servlet, session, own);
    }
    if (close) {
      Runnable unbind = SessionBound.bind(session, () -> connection.close(ENDED));
      connection.whenClosed().thenRun(unbind);
    }
    if (use) {
      transport.countAs(new SessionUse(session));
    }
  }
}
