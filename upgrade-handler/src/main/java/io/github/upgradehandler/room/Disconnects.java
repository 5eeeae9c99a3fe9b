package io.github.upgradehandler.room;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.Recipient;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.function.Predicate;

/**
 * Closes the connections of users on all nodes: who is to be disconnected stands in a log that each
 * node follows, so that one that was away does it when it is back.
 */
final class Disconnects implements LogSubscriber {

  /** No room of an application is called so. */
  private static final String LOG = "\0disconnect";

  private static final String NOT_ALLOWED = "not allowed any more";

  private final Groups groups;
  private final RoomLogs logs;
  private final Predicate<String> stillAllowed;

  /**
   * Follows the log from now on.
   *
   * @param stillAllowed asked of each user where entries of the log are lost
   */
  Disconnects(Groups groups, RoomLogs logs, Predicate<String> stillAllowed) {
    this.groups = groups;
    this.logs = logs;
    this.stillAllowed = stillAllowed;
  }

  void start() {
    logs.follow(this, LOG);
  }

  CompletionStage<Published> publish(String user, CloseStatus status) {
    if (!CloseStatus.isSendable(status.code())) {
      throw new IllegalArgumentException("code " + status.code() + " may not be sent");
    }
    String text = status.code() + " " + user.length() + " " + user + status.reason();
    return logs.append(LOG, null, PreparedMessage.text(text));
  }

  @Override
  public void onAttached(Position position) {}

  @Override
  public void onMessage(Position position, PreparedMessage message) {
    String[] parts = UTF_8.decode(message.payload()).toString().split(" ", 3);
    int length = Integer.parseInt(parts[1]);
    CloseStatus status = new CloseStatus(Integer.parseInt(parts[0]), parts[2].substring(length));
    disconnect(parts[2].substring(0, length), status);
  }

  @Override
  public void onLost(Lost lost) {
    for (String user : groups.names(Audience.Kind.USER)) {
      if (!stillAllowed.test(user)) {
        disconnect(user, CloseStatus.POLICY_VIOLATION.withReason(NOT_ALLOWED));
      }
    }
  }

  private void disconnect(String user, CloseStatus status) {
    Group group = groups.get(Audience.user(user));
    if (group != null) {
      for (Recipient recipient : List.copyOf(group.recipients())) {
        if (recipient instanceof WebSocket socket) {
          socket.close(status);
        }
      }
    }
  }
}
