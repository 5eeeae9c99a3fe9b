package io.github.upgradehandler.benchmarks.server;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.servlet.EventStreamServlet;
import jakarta.servlet.ServletException;

/** Event streams of a room, to which a thread of the application sends at a steady pace. */
final class OurEvents extends EventStreamServlet {

  private final transient Room room = new Rooms().room("events");
  private final transient Settings settings;

  OurEvents(Settings settings) {
    this.settings = settings;
  }

  @Override
  public void init() throws ServletException {
    super.init();
    settings.everyPace(text -> room.send(PreparedMessage.text(text)));
  }

  @Override
  protected Room accept(Handshake request) {
    return room;
  }
}
