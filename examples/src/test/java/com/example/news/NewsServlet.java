package com.example.news;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.servlet.EventStreamServlet;

public final class NewsServlet extends EventStreamServlet {

  @Override
  protected Room accept(Handshake request) {
    return News.ROOMS.room("news");
  }
}
