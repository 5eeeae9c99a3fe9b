/** A WebSocket client on the engine of the library, on the JDK alone. */
module io.github.upgradehandler.client {
  requires transitive io.github.upgradehandler;
  requires static org.jspecify;

  exports io.github.upgradehandler.client;
}
