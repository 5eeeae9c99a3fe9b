package io.github.upgradehandler.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.jetty.UpgradeInputHandler;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.Echo;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.util.HashMap;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container lacks is said at deployment, in one line. */
class StartupCheckTest {

  /** A container of which only the name is known, and what it was given to keep. */
  private static ServletContext named(String serverInfo) {
    Map<Object, Object> attributes = new HashMap<>();
    return (ServletContext)
        Proxy.newProxyInstance(
            StartupCheckTest.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) ->
                switch (method.getName()) {
                  case "getServerInfo" -> serverInfo;
                  case "getAttribute" -> attributes.get(arguments[0]);
                  case "setAttribute" -> attributes.put(arguments[0], arguments[1]);
                  default -> throw new UnsupportedOperationException(method.getName());
                });
  }

  private static ServletContext jetty(Handler.Wrapper inFront) {
    ServletContextHandler context = new ServletContextHandler("/");
    inFront.setHandler(context);
    Server server = new Server();
    server.setHandler(inFront);
    return context.getServletContext();
  }

  @Test
  void Jetty_12_0_has_no_upgrade() {
    assertThat(StartupCheck.finding(named("jetty/12.0.30")))
        .hasValue("Jetty 12.0.30 has no HttpServletRequest.upgrade: use Jetty 12.1 or later");
  }

  @Test
  void Jetty_12_1_needs_the_handler_in_front() {
    assertThat(StartupCheck.finding(jetty(new Handler.Wrapper())))
        .hasValueSatisfying(
            text ->
                assertThat(text)
                    .startsWith("Jetty 12.1.")
                    .contains("put io.github.upgradehandler.jetty.UpgradeInputHandler in front"));
  }

  @Test
  void Jetty_12_1_with_the_handler_is_fine() {
    assertThat(StartupCheck.finding(jetty(new UpgradeInputHandler()))).isEmpty();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", "jetty/12.2.0", "jetty/12.1.99", "Apache Tomcat/11.0.24", "Other 1"})
  void nothing_is_said_of_what_is_not_known_to_lack_anything(String serverInfo) {
    assertThat(StartupCheck.finding(named(serverInfo))).isEmpty();
  }

  @Test
  void it_is_one_line_and_names_the_servlet() {
    ServletContext context = named("jetty/12.0.30");
    try (CapturedLog log = new CapturedLog()) {
      StartupCheck.run("echo", context); // at deployment
      StartupCheck.run("echo", context); // when the servlet is initialized
      StartupCheck.run("echo", named("Other 1"));
      assertThat(log.messages())
          .containsExactly(
              "servlet 'echo': Jetty 12.0.30 has no HttpServletRequest.upgrade: use Jetty 12.1 or"
                  + " later");
    }
  }

  /** Of a 101 nothing but the end of the connection could come. */
  @Test
  void without_the_handler_handshakes_are_refused_and_the_deployment_warns_of_it()
      throws Exception {
    Server server = new Server();
    ServerConnector connector = new ServerConnector(server);
    connector.setHost(InetAddress.getLoopbackAddress().getHostAddress());
    server.addConnector(connector);
    ServletContextHandler context = new ServletContextHandler("/");
    context.addServlet(
        new ServletHolder("echo", new WebSocketServlet(handshake -> new Echo())), "/socket");
    context.addServletContainerInitializer(new DeploymentCheck());
    server.setHandler(context);
    String lack =
        "Jetty "
            + Server.getVersion()
            + " gives upgraded requests no input: put "
            + UpgradeInputHandler.class.getName()
            + " in front, in a WAR by WEB-INF/jetty-ee10-web.xml or jetty-ee11-web.xml";
    try (CapturedLog log = new CapturedLog()) {
      server.start();
      assertThat(log.messages()).containsExactly("servlet 'echo': " + lack);
      try (RawClient client = new RawClient(connector.getLocalPort(), 0)) {
        HttpReply reply = client.request(RawClient.handshake("/socket"));
        assertThat(reply.status()).isEqualTo(500);
        assertThat(reply.body()).isEqualTo("WebSockets do not work here: see the server's log\n");
      }
      assertThat(log.messages())
          .contains("servlet 'echo' cannot open WebSockets: " + lack)
          .filteredOn(message -> message.equals("servlet 'echo': " + lack))
          .hasSize(1);
    } finally {
      server.stop();
    }
  }
}
