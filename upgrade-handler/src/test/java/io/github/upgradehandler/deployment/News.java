package io.github.upgradehandler.deployment;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.servlet.EventStreamServlet;

/** An event stream of an application. */
public final class News extends EventStreamServlet {

  private final Rooms rooms = new Rooms();

  /** For the container. */
  public News() {}

  @Override
  protected Room accept(Handshake request) {
    return rooms.room("news");
  }
}
