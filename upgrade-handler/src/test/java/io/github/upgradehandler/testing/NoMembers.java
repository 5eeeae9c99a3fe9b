package io.github.upgradehandler.testing;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.LogFraming;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;

/** The framing of rooms that no connection is a member of. */
public final class NoMembers implements LogFraming {

  @Override
  public PreparedMessage message(String name, Position position, PreparedMessage message) {
    throw new AssertionError("framed for nobody");
  }

  @Override
  public PreparedMessage lost(String name, Lost lost) {
    throw new AssertionError("framed for nobody");
  }

  @Override
  public PreparedMessage joined(String name, Position position) {
    throw new AssertionError("framed for nobody");
  }
}
