package com.example.rooms;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.LogFraming;
import io.github.upgradehandler.room.LogSubscriber;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Retention;

/** A state that the messages of a room make: who joins gets it as it is at that position. */
public class Scores implements LogSubscriber, LogFraming {

  private final Room room =
      Rooms.builder()
          .logged(name -> true, Engine.inMemory(), Retention.DEFAULTS, this)
          .build()
          .room("scores");

  private int goals;

  public Scores() {
    room.subscribe(this);
  }

  public Room room() {
    return room;
  }

  @Override
  public void onMessage(Position position, PreparedMessage message) {
    goals++;
  }

  @Override
  public void onAttached(Position position) {}

  @Override
  public void onLost(Lost lost) {}

  @Override
  public PreparedMessage joined(String room, Position position) {
    return PreparedMessage.text(position + " goals so far: " + goals);
  }

  @Override
  public PreparedMessage message(String room, Position position, PreparedMessage message) {
    return PreparedMessage.text(position + " " + UTF_8.decode(message.payload()));
  }

  @Override
  public PreparedMessage lost(String room, Lost lost) {
    return joined(room, lost.position());
  }
}
