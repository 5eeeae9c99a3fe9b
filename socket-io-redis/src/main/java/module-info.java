/** Socket.IO over many nodes, of this library and of Node.js, by Redis. */
@SuppressWarnings({"module", "requires-automatic"})
module io.github.upgradehandler.socketio.redis {
  requires transitive io.github.upgradehandler.redis;
  requires transitive io.github.upgradehandler.socketio;
  requires java.management;
  requires msgpack.core;
  requires static org.jspecify;

  exports io.github.upgradehandler.socketio.redis;
}
