package io.github.upgradehandler.servlet;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.jetty.UpgradeInputHandler;
import io.github.upgradehandler.testing.CapturedLog;
import jakarta.servlet.ServletContext;
import java.lang.reflect.Proxy;
import org.eclipse.jetty.ee10.servlet.ServletContextHandler;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Server;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a container lacks is said at deployment, in one line. */
class StartupCheckTest {

  /** A container of which only the name is known. */
  private static ServletContext named(String serverInfo) {
    return (ServletContext)
        Proxy.newProxyInstance(
            StartupCheckTest.class.getClassLoader(),
            new Class<?>[] {ServletContext.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("getServerInfo")) {
                return serverInfo;
              }
              throw new UnsupportedOperationException(method.getName());
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
    try (CapturedLog log = new CapturedLog()) {
      StartupCheck.run("echo", named("jetty/12.0.30"));
      StartupCheck.run("echo", named("Other 1"));
      assertThat(log.messages())
          .containsExactly(
              "servlet 'echo': Jetty 12.0.30 has no HttpServletRequest.upgrade: use Jetty 12.1 or"
                  + " later");
    }
  }
}
