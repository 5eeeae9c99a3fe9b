package com.example.server;

import io.github.upgradehandler.jetty.UpgradeInputHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.lang.management.ManagementFactory;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;

/** Two servlets on embedded Jetty, and a client that has a word with each. */
final class Main {

  private Main() {}

  public static void main(String[] args) throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost("127.0.0.1");
    server.addConnector(connector);
    ServletContextHandler servlets = new ServletContextHandler();
    servlets.addServlet(
        new ServletHolder(new WebSocketServlet(handshake -> new EchoHandler())), "/lambda");
    ServletHolder named = new ServletHolder(WebSocketServlet.class);
    named.setInitParameter("handler", "com.example.server.EchoHandler");
    servlets.addServlet(named, "/named");
    server.setHandler(new UpgradeInputHandler(servlets));
    server.start();
    try {
      String uri = "ws://127.0.0.1:" + connector.getLocalPort();
      System.out.println("module " + WebSocketServlet.class.getModule().getName());
      System.out.println("lambda " + answer(uri + "/lambda", "hello"));
      System.out.println("named " + answer(uri + "/named", "hello"));
      System.out.println("JMX " + messagesReceived());
    } finally {
      server.stop();
    }
  }

  private static String answer(String uri, String text) throws Exception {
    CompletableFuture<String> answer = new CompletableFuture<>();
    WebSocket client =
        HttpClient.newHttpClient()
            .newWebSocketBuilder()
            .buildAsync(URI.create(uri), new FirstText(answer))
            .get(10, TimeUnit.SECONDS);
    client.sendText(text, true);
    return answer.get(10, TimeUnit.SECONDS);
  }

  private static long messagesReceived() throws Exception {
    MBeanServer beans = ManagementFactory.getPlatformMBeanServer();
    long messages = 0;
    for (ObjectName endpoint :
        beans.queryNames(new ObjectName("io.github.upgradehandler:type=Endpoint,*"), null)) {
      messages += (Long) beans.getAttribute(endpoint, "MessagesReceived");
    }
    return messages;
  }

  private record FirstText(CompletableFuture<String> text) implements WebSocket.Listener {

    @Override
    public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
      text.complete(data.toString());
      return null;
    }

    @Override
    public void onError(WebSocket socket, Throwable error) {
      text.completeExceptionally(error);
    }
  }
}
