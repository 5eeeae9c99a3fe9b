package io.github.upgradehandler.sample.notifications;

import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.sample.RecentResults;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/**
 * The latest notifications by GET, a new one by POST with its text as the body. A POST that comes
 * again with the same {@code Idempotency-Key} is answered in the same way and tells nobody. Where
 * it is not told, or perhaps not, the answer is 503: it may come again.
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
    // Waits a few seconds at most, see Room.publish.
    Published published = Notifications.SHARED.add(text, key).toCompletableFuture().join();
    response.setStatus(
        published instanceof Published.Appended
            ? HttpServletResponse.SC_NO_CONTENT
            : HttpServletResponse.SC_SERVICE_UNAVAILABLE);
  }
}
