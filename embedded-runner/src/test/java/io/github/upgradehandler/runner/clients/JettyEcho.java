package io.github.upgradehandler.runner.clients;

import java.net.URI;
import java.nio.ByteBuffer;
import java.time.Duration;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.websocket.server.config.JettyWebSocketServletContainerInitializer;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.websocket.api.Callback;
import org.eclipse.jetty.websocket.api.Session;

/** An echo by Jetty's own WebSocket. */
public final class JettyEcho extends Session.Listener.AbstractAutoDemanding {

  /** For Jetty. */
  public JettyEcho() {}

  static ForeignServer start(int largest) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    JettyWebSocketServletContainerInitializer.configure(
        context,
        (servletContext, container) -> {
          container.setMaxBinaryMessageSize(largest);
          container.setMaxTextMessageSize(largest);
          container.setIdleTimeout(Duration.ofMinutes(1));
          container.addMapping("/echo", (request, response) -> new JettyEcho());
        });
    server.setHandler(context);
    server.start();
    return new ForeignServer(
        URI.create("ws://127.0.0.1:" + connector.getLocalPort() + "/echo"), server::stop);
  }

  @Override
  public void onWebSocketText(String text) {
    String[] command = text.split(" ", 3);
    switch (command[0]) {
      case "abort" -> getSession().disconnect();
      case "close" -> getSession().close(Integer.parseInt(command[1]), command[2], Callback.NOOP);
      case "fragments" ->
          getSession()
              .sendPartialText(
                  "a",
                  false,
                  Callback.from(
                      () ->
                          getSession()
                              .sendPartialText(
                                  "b",
                                  false,
                                  Callback.from(
                                      () -> getSession().sendPartialText("c", true, Callback.NOOP),
                                      failure -> getSession().disconnect())),
                      failure -> getSession().disconnect()));
      default -> getSession().sendText(text, Callback.NOOP);
    }
  }

  @Override
  public void onWebSocketBinary(ByteBuffer payload, Callback callback) {
    getSession().sendBinary(payload, callback);
  }
}
