package io.github.upgradehandler.runner.clients;

import jakarta.websocket.CloseReason;
import jakarta.websocket.CloseReason.CloseCodes;
import jakarta.websocket.Endpoint;
import jakarta.websocket.EndpointConfig;
import jakarta.websocket.MessageHandler;
import jakarta.websocket.Session;
import jakarta.websocket.server.ServerContainer;
import jakarta.websocket.server.ServerEndpointConfig;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.apache.catalina.Context;
import org.apache.catalina.servlets.DefaultServlet;
import org.apache.catalina.startup.Tomcat;
import org.apache.tomcat.websocket.server.WsSci;

/** An echo by Tomcat's own WebSocket. */
public final class TomcatEcho extends Endpoint {

  private static volatile int largest;

  /** For Tomcat. */
  public TomcatEcho() {}

  static ForeignServer start(int largestMessage) throws Exception {
    largest = largestMessage;
    Path directory = Files.createTempDirectory(Directories.TARGET, "tomcat");
    Tomcat tomcat = new Tomcat();
    tomcat.setBaseDir(directory.toString());
    tomcat.setHostname("127.0.0.1");
    tomcat.setPort(0);
    Context context = tomcat.addContext("", null);
    context.addServletContainerInitializer(new WsSci(), Set.of());
    // A filter alone answers nothing: there must be a servlet behind.
    Tomcat.addServlet(context, "default", new DefaultServlet()).addMapping("/");
    tomcat.start();
    ServerContainer container =
        (ServerContainer) context.getServletContext().getAttribute(ServerContainer.class.getName());
    container.addEndpoint(ServerEndpointConfig.Builder.create(TomcatEcho.class, "/echo").build());
    return new ForeignServer(
        URI.create("ws://127.0.0.1:" + tomcat.getConnector().getLocalPort() + "/echo"),
        () -> {
          tomcat.stop();
          tomcat.destroy();
        });
  }

  @Override
  public void onOpen(Session session, EndpointConfig config) {
    session.setMaxTextMessageBufferSize(largest);
    session.setMaxBinaryMessageBufferSize(largest);
    // No lambdas: the type of the message is read from the class.
    session.addMessageHandler(
        new MessageHandler.Whole<String>() {
          @Override
          public void onMessage(String text) {
            try {
              received(session, text);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
    session.addMessageHandler(
        new MessageHandler.Whole<ByteBuffer>() {
          @Override
          public void onMessage(ByteBuffer payload) {
            try {
              session.getBasicRemote().sendBinary(payload);
            } catch (IOException e) {
              throw new UncheckedIOException(e);
            }
          }
        });
  }

  private static void received(Session session, String text) throws IOException {
    String[] command = text.split(" ", 3);
    switch (command[0]) {
      case "close" ->
          session.close(
              new CloseReason(CloseCodes.getCloseCode(Integer.parseInt(command[1])), command[2]));
      case "fragments" -> {
        session.getBasicRemote().sendText("a", false);
        session.getBasicRemote().sendText("b", false);
        session.getBasicRemote().sendText("c", true);
      }
      default -> session.getBasicRemote().sendText(text);
    }
  }
}
