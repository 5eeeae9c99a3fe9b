package io.github.upgradehandler.redis;

import io.github.upgradehandler.room.log.Published;
import java.util.concurrent.TimeUnit;

/** What an application does from its start to its end; loaded by a class loader of its own. */
public final class UndeployedUse {

  private UndeployedUse() {}

  /** Uses rooms, and closes what it has opened. */
  public static void run(String uri) throws Exception {
    try (Node node = new Node(uri)) {
      Member member = node.member("ann", "log");
      Published published =
          node.publish("log", "text").toCompletableFuture().get(10, TimeUnit.SECONDS);
      if (!(published instanceof Published.Appended)) {
        throw new AssertionError(published);
      }
      member.awaitJoined();
      node.user("ann", "people");
      Patience.until(
          () -> "it is told that she is there", () -> !node.told.last().users().isEmpty());
    }
  }
}
