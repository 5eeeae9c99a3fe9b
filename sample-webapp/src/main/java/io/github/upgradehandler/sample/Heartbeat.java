package io.github.upgradehandler.sample;

import io.github.upgradehandler.WebSocket;

/**
 * What a page sends when nothing has come for a while, and gets back. A browser answers pings
 * without telling the page, so a page cannot know by them whether its connection still works.
 */
public final class Heartbeat {

  /** The same in both directions; as in {@code heartbeat.js}. */
  public static final String TEXT = "{\"type\":\"heartbeat\"}";

  private Heartbeat() {}

  /** Answers a heartbeat; whether the message was one. */
  public static boolean answered(WebSocket socket, String text) {
    if (!text.equals(TEXT)) {
      return false;
    }
    socket.sendText(TEXT);
    return true;
  }
}
