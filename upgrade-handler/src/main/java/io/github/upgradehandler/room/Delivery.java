package io.github.upgradehandler.room;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.Recipient;
import io.github.upgradehandler.internal.log.Log;
import org.jspecify.annotations.Nullable;

/** Sends what no log keeps: to the connections of this node, and to the other nodes. */
final class Delivery {

  private final Groups groups;
  private final RoomLogs logs;
  private final Backplane backplane;

  Delivery(Groups groups, RoomLogs logs, Backplane backplane) {
    this.groups = groups;
    this.logs = logs;
    this.backplane = backplane;
  }

  /** Sends to the connections of this node, then to the other nodes. */
  int send(Audience channel, PreparedMessage message, @Nullable Recipient except) {
    int accepted = sendHere(channel, message, except);
    try {
      backplane.publish(channel, message);
    } catch (Throwable e) {
      Log.failure("the backplane failed; the message reached this node only", e);
    }
    return accepted;
  }

  /** Sends to the connections of this node. */
  int sendHere(Audience channel, PreparedMessage message, @Nullable Recipient except) {
    logs.requirePlain(channel, "use publish, whose answer says what became of it");
    return deliver(channel, message, except);
  }

  /** Delivers what has come from another node. */
  void received(Audience channel, PreparedMessage message) {
    deliver(channel, message, null);
  }

  private int deliver(Audience channel, PreparedMessage message, @Nullable Recipient except) {
    Group group = groups.get(channel);
    return group == null ? 0 : group.deliver(channel, message, except);
  }
}
