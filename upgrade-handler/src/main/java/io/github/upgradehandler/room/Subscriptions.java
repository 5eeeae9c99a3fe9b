package io.github.upgradehandler.room;

/** The subscribers of plain rooms. Thread-safe. */
final class Subscriptions {

  private final Groups groups;
  private final RoomLogs logs;
  private final OrderedEvents events;

  Subscriptions(Groups groups, RoomLogs logs, OrderedEvents events) {
    this.groups = groups;
    this.logs = logs;
    this.events = events;
  }

  /**
   * Adds one, if it is none yet.
   *
   * @throws IllegalStateException if the room is logged
   */
  void add(Subscriber subscriber, String room) {
    Audience channel = Audience.room(room);
    logs.requirePlain(channel, "subscribe a LogSubscriber, which is told positions");
    groups.add(channel, subscriber);
    events.tell(channel);
  }

  /** Removes one, if it is one. */
  void remove(Subscriber subscriber, String room) {
    Audience channel = Audience.room(room);
    groups.remove(channel, subscriber);
    events.tell(channel);
  }
}
