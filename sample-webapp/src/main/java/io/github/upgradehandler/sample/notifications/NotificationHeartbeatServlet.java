package io.github.upgradehandler.sample.notifications;

import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Has a heartbeat come on the event stream. A page cannot send on it, and is not shown the comments
 * that keep it open; so it asks here when nothing has come for a while.
 */
public final class NotificationHeartbeatServlet extends HttpServlet {

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response) {
    Notifications.SHARED.beat();
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
