package io.github.upgradehandler.benchmarks.server;

import io.github.upgradehandler.jetty.UpgradeInputHandler;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Set;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.ee10.websocket.server.JettyWebSocketServerContainer;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.eclipse.jetty.websocket.api.Callback;

/** Embedded Jetty. */
final class JettyMain {

  private JettyMain() {}

  public static void main(String[] arguments) throws Exception {
    Settings settings = Settings.of(arguments);
    Server server = new Server();
    ServerConnector connector = connector(server, settings);
    connector.setHost("127.0.0.1");
    if (settings.sendBufferBytes() > 0) {
      connector.setAcceptedSendBufferSize(settings.sendBufferBytes());
    }
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    switch (settings.implementation()) {
      case UPGRADE_HANDLER -> {
        context.addServlet(new ServletHolder(OurServlet.echo(settings)), "/echo");
        context.addServlet(new ServletHolder(OurServlet.broadcast(settings)), "/broadcast");
        context.addServlet(new ServletHolder(OurServlet.room(settings)), "/room");
        context.addServlet(new ServletHolder(OurServlet.timer(settings)), "/timer");
        context.addServlet(new ServletHolder(new OurEvents(settings)), "/events");
        server.setHandler(new UpgradeInputHandler(context));
      }
      case NATIVE -> {
        JettyWebSocketServletContainerInitializer.configure(
            context, (servletContext, container) -> nativeEndpoints(container, settings));
        context.addServlet(new ServletHolder(new AsyncEvents(settings)), "/events");
        server.setHandler(context);
      }
      case SOCKET_IO -> {
        context.addServlet(new ServletHolder(new OurSocketIo(settings)), "/socket.io/*");
        server.setHandler(new UpgradeInputHandler(context));
      }
      case UPGRADE_HANDLER_CHANNELS, SOCKET_IO_NATIVE -> throw settings.unknown();
      case TYRUS -> {
        JakartaEndpoints.prepare(settings, Sending.BASIC);
        context.addServletContainerInitializer(
            new org.glassfish.tyrus.servlet.TyrusServletContainerInitializer(),
            JakartaEndpoints.class);
        // Tyrus too needs an input that is not at its end.
        server.setHandler(new UpgradeInputHandler(context));
      }
    }
    server.start();
    Supervision.serve(
        connector.getLocalPort(),
        () -> {
          context.stop(); // the connector would end all connections before they are told
          server.stop();
        });
  }

  private static void nativeEndpoints(JettyWebSocketServerContainer container, Settings settings) {
    if (settings.maxMessageBytes() > 0) {
      container.setMaxTextMessageSize(settings.maxMessageBytes());
      container.setMaxBinaryMessageSize(settings.maxMessageBytes());
    }
    container.setIdleTimeout(Duration.ZERO);
    container.addMapping("/echo", (request, response) -> new JettyNative.Echo());
    Set<org.eclipse.jetty.websocket.api.Session> sessions =
        java.util.concurrent.ConcurrentHashMap.newKeySet();
    container.addMapping("/broadcast", (request, response) -> new JettyNative.Broadcast(sessions));
    container.addMapping("/timer", (request, response) -> new JettyNative.Broadcast(sessions));
    settings.everyPing(
        () -> sessions.forEach(each -> each.sendPing(ByteBuffer.allocate(8), Callback.NOOP)));
    settings.everyPace(text -> sessions.forEach(each -> each.sendText(text, Callback.NOOP)));
  }

  private static ServerConnector connector(Server server, Settings settings) {
    if (!settings.tls()) {
      return new ServerConnector(server);
    }
    SslContextFactory.Server tls = new SslContextFactory.Server();
    tls.setKeyStorePath(settings.keyStore());
    tls.setKeyStorePassword(Settings.KEY_STORE_PASSWORD);
    return new ServerConnector(server, tls);
  }
}
