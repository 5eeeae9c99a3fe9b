package com.example.news;

import io.github.upgradehandler.EventStreamConfig;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.guard.ConnectionLimit;
import io.github.upgradehandler.guard.SignIn;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.servlet.EventStreamServlet;

/** For those who are signed in. */
public final class GuardedNewsServlet extends EventStreamServlet {

  @Override
  protected EventStreamConfig configure() {
    return EventStreamConfig.DEFAULT.withGuards(new ConnectionLimit(10_000), SignIn.required());
  }

  @Override
  protected Room accept(Handshake request) {
    return News.ROOMS.room("news");
  }
}
