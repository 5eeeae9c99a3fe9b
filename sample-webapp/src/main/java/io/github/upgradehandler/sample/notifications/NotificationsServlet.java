package io.github.upgradehandler.sample.notifications;

import io.github.upgradehandler.sample.RecentResults;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The latest notifications by GET, a new one by POST with its text as the body. A POST that comes
 * again with the same {@code Idempotency-Key} is answered in the same way and tells nobody.
 */
public final class NotificationsServlet extends HttpServlet {

  private static final int MOST_BYTES = 400;

  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    response.setContentType("application/json;charset=UTF-8");
    response.setHeader("Cache-Control", "no-store");
    response
        .getOutputStream()
        .write(Notifications.SHARED.toJson().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  protected void doPost(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
    String text = new String(body, StandardCharsets.UTF_8).strip();
    String key = request.getHeader("Idempotency-Key");
    boolean isKeyTooLong = key != null && key.length() > RecentResults.MOST_KEY_CHARACTERS;
    if (text.isEmpty() || body.length > MOST_BYTES || isKeyTooLong) {
      response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
      return;
    }
    Notifications.SHARED.add(text, key);
    response.setStatus(HttpServletResponse.SC_NO_CONTENT);
  }
}
