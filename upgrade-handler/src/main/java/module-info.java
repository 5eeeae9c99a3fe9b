/**
 * WebSocket for any Servlet 6 container.
 *
 * <p>What is required with {@code static} has to be there only for who uses it: the servlet API for
 * the package {@code servlet}, Jetty for {@code jetty}, and JSpecify's annotations for a compiler
 * that checks them. {@code DeploymentCheck} is a service of the class path alone, where web
 * applications are: {@code provides} would need the servlet API's module also where there is none.
 */
@SuppressWarnings("module") // neither the client nor the test kit exists yet when this is compiled
module io.github.upgradehandler {
  requires java.management;
  requires static jakarta.servlet;
  requires static org.eclipse.jetty.server;
  requires static org.jspecify;

  exports io.github.upgradehandler;
  exports io.github.upgradehandler.guard;
  exports io.github.upgradehandler.jetty;
  exports io.github.upgradehandler.room;
  exports io.github.upgradehandler.room.log;
  exports io.github.upgradehandler.room.presence;
  exports io.github.upgradehandler.servlet;
  exports io.github.upgradehandler.spi;
  exports io.github.upgradehandler.internal.connection to
      io.github.upgradehandler.client,
      io.github.upgradehandler.testkit;
  exports io.github.upgradehandler.internal.deflate to
      io.github.upgradehandler.client,
      io.github.upgradehandler.testkit;
  exports io.github.upgradehandler.internal.frame to
      io.github.upgradehandler.testkit;
  exports io.github.upgradehandler.internal.protocol to
      io.github.upgradehandler.client,
      io.github.upgradehandler.testkit;
  exports io.github.upgradehandler.internal.work to
      io.github.upgradehandler.client,
      io.github.upgradehandler.redis,
      io.github.upgradehandler.socketio,
      io.github.upgradehandler.testkit;
}
