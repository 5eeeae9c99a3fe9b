package com.example.news;

import io.github.upgradehandler.room.Rooms;

/** What the application has one of. */
final class News {

  static final Rooms ROOMS = new Rooms();

  private News() {}
}
