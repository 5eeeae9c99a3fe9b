/** Socket.IO for any Servlet 6 container. */
module io.github.upgradehandler.socketio {
  requires transitive com.fasterxml.jackson.databind;
  requires transitive io.github.upgradehandler;
  requires transitive jakarta.servlet;
  requires static org.jspecify;

  exports io.github.upgradehandler.socketio;
}
