package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.servlet.RawClient.handshake;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.deployment.Subclasses;
import io.github.upgradehandler.testing.CapturedLog;
import io.github.upgradehandler.testing.Echo;
import jakarta.servlet.http.HttpServlet;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.eclipse.jetty.ee10.servlet.ServletChannel;
import org.eclipse.jetty.ee10.servlet.ServletHolder;
import org.eclipse.jetty.logging.StacklessLogging;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What only the code of a servlet knows is said by the first handshake, in the log or the answer.
 */
@Timeout(60)
class LazyConfigurationTest {

  /**
   * What is wrong.
   *
   * @param servlet has it
   * @param params of the servlet
   * @param messages are in its innermost one
   */
  record Wrong(
      Class<? extends HttpServlet> servlet, Map<String, String> params, List<String> messages) {

    HttpServlet made() throws ReflectiveOperationException {
      return servlet.getConstructor().newInstance();
    }
  }

  private static List<Wrong> table() {
    return List.of(
        new Wrong(
            Subclasses.Silent.class,
            Map.of(),
            List.of(
                "nothing handles connections: set the init-param 'handler', give a function to the"
                    + " constructor, or override accept")),
        new Wrong(
            Subclasses.Roomy.class,
            Map.of("outboundWatermarkBytes", "3000000"),
            List.of(
                "option 'outboundWatermarkBytes': 3000000 is above outboundLimitBytes 2097152")),
        new Wrong(
            Subclasses.OwnConfig.class,
            Map.of("closeTimeout", "7"),
            List.of("option 'closeTimeout' = '7': is not a time such as 500ms, 20s, 2m, 1h or 0")),
        new Wrong(
            WebSocketServlet.class,
            Map.of("handler", Subclasses.Unloadable.class.getName()),
            List.of(
                "init-param 'handler' = '"
                    + Subclasses.Unloadable.class.getName()
                    + "': cannot be loaded: java.lang.",
                "IllegalStateException: as the test wants")));
  }

  static Stream<Arguments> everywhere() {
    return Stream.of(WebApp.On.JETTY, WebApp.On.TOMCAT, WebApp.On.UNDERTOW)
        .flatMap(container -> table().stream().map(wrong -> Arguments.of(container, wrong)));
  }

  /** Jetty initializes with its first request only what it has not been given an instance of. */
  private static RunningServer start(WebApp.On container, Wrong wrong) throws Exception {
    if (container != WebApp.On.JETTY) {
      return container.start(new WebApp().lazyServlet("/wrong", wrong.made(), wrong.params));
    }
    ServletHolder holder = new ServletHolder("servlet0", wrong.servlet);
    holder.setInitParameters(wrong.params);
    return new ServletServer(
        new WebSocketServlet(handshake -> new Echo()),
        Map.of(),
        context -> context.addServlet(holder, "/wrong"));
  }

  @ParameterizedTest
  @MethodSource("everywhere")
  void is_answered_with_500_and_its_reason_told(WebApp.On container, Wrong wrong) throws Exception {
    try (CapturedLog log = CapturedLog.ofAll();
        StacklessLogging unused = new StacklessLogging(ServletChannel.class);
        RunningServer server = start(container, wrong);
        RawClient client = new RawClient(server.port(), 0)) {
      HttpReply reply = client.request(handshake("/wrong"));
      assertThat(reply.status()).isEqualTo(500);
      List<String> told = new ArrayList<>(log.innermost());
      told.add(reply.body().replace("&apos;", "'").replace("&#39;", "'"));
      assertThat(told)
          .anySatisfy(
              text -> assertThat(text).contains("servlet 'servlet0': ").contains(wrong.messages));
    }
  }
}
