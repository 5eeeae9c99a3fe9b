package io.github.upgradehandler.room;

import java.util.function.BiConsumer;

/**
 * Notes what changes in groups, for the backplane, the listener and presence to be told without a
 * lock.
 */
final class RoomChanges implements Groups.Changes {

  private final Rooms rooms;
  private final RoomListener listener;
  private final Backplane backplane;
  private final RoomPresences presences;
  private final OrderedEvents events;

  RoomChanges(
      Rooms rooms,
      RoomListener listener,
      Backplane backplane,
      RoomPresences presences,
      OrderedEvents events) {
    this.rooms = rooms;
    this.listener = listener;
    this.backplane = backplane;
    this.presences = presences;
    this.events = events;
  }

  @Override
  public void opened(Audience channel) {
    events.add(channel, () -> backplane.subscribe(channel));
  }

  @Override
  public void emptied(Audience channel) {
    events.add(channel, () -> backplane.unsubscribe(channel));
  }

  @Override
  public void membersChanged(Audience channel) {
    if (channel.kind() == Audience.Kind.ROOM && presences.has(channel.name())) {
      events.add(channel, () -> presences.changed(channel.name()));
    }
  }

  @Override
  public void userJoined(Audience room, Member first) {
    note(room, first, listener::userJoined);
  }

  @Override
  public void userLeft(Audience room, Member last) {
    note(room, last, listener::userLeft);
  }

  private void note(Audience channel, Member member, BiConsumer<Room, String> method) {
    String user = member.user();
    if (user != null) {
      events.add(channel, () -> method.accept(rooms.room(channel.name()), user));
    }
  }
}
