/** Socket.IO for any Servlet 6 container. */
@SuppressWarnings({"module", "requires-automatic"}) // what uses it exists later
module io.github.upgradehandler.socketio {
  requires transitive com.fasterxml.jackson.databind;
  requires transitive io.github.upgradehandler;
  requires transitive jakarta.servlet;
  requires static msgpack.core;
  requires static org.jspecify;

  exports io.github.upgradehandler.socketio;
  exports io.github.upgradehandler.socketio.internal.msgpack to
      io.github.upgradehandler.socketio.redis;
}
