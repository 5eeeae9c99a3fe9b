package io.github.upgradehandler.socketio;

import java.util.List;

/** For adapters: an event that was sent to many and that each answers. Thread-safe. */
public interface Inquiry {

  /** Names the nodes that have not said yet how many they ask, as far as names are known. */
  List<String> silent();

  /** No more answers are waited for. */
  void end();
}
