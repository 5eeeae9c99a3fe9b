package io.github.upgradehandler.servlet;

import static io.github.upgradehandler.testing.ClientFrames.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.testing.Innermost;
import jakarta.servlet.ServletException;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Configuring a servlet as web.xml does. */
@Timeout(60)
class InitParamTest {

  /** Named in an init-param; an instance for each connection. */
  public static final class Counting implements WebSocketHandler {
    private final AtomicInteger messages = new AtomicInteger();

    @Override
    public void onText(WebSocket socket, String text) {
      assertThat(Thread.currentThread().getContextClassLoader()).isNotNull();
      socket.sendText(text + " " + messages.incrementAndGet());
    }
  }

  /** Has no constructor that could be called. */
  public static final class Needy implements WebSocketHandler {
    /** Wants what nobody gives. */
    public Needy(int ignored) {}

    static void fail() {
      throw new IllegalStateException("as the test wants");
    }
  }

  /** Fails when it is loaded. */
  public static final class Unloadable implements WebSocketHandler {
    static {
      Needy.fail();
    }

    /** Never called. */
    public Unloadable() {}
  }

  private static ServletServer deploy(Map<String, String> initParams) throws Exception {
    return new ServletServer(new WebSocketServlet(), initParams);
  }

  @Test
  void the_init_param_handler_is_all_that_is_needed() throws Exception {
    try (ServletServer server = deploy(Map.of("handler", Counting.class.getName()));
        RawClient first = RawClient.opened(server);
        RawClient second = RawClient.opened(server)) {
      first.send(text("a"), text("b"));
      second.send(text("c"));
      assertThat(first.next()).hasToString("text a 1");
      assertThat(first.next()).hasToString("text b 2");
      assertThat(second.next()).hasToString("text c 1");
    }
  }

  @Test
  void init_params_are_options_of_the_configuration() throws Exception {
    Map<String, String> params =
        Map.of("handler", Counting.class.getName(), "maxMessageBytes", " 3 ");
    try (ServletServer server = deploy(params);
        RawClient client = RawClient.opened(server)) {
      client.send(text("abc"), text("abcd"));
      assertThat(client.next()).hasToString("text abc 1");
      assertThat(client.next()).hasToString("close 1009 message too big: maxMessageBytes is 3");
    }
  }

  @Test
  void init_params_win_over_code() throws Exception {
    WebSocketServlet servlet =
        new WebSocketServlet() {
          @Override
          protected void configure(WebSocketConfig.Builder builder) {
            builder.maxMessageBytes(1).maxFragments(7);
          }

          @Override
          protected WebSocketHandler accept(Handshake handshake) {
            return new WebSocketHandler() {
              @Override
              public void onOpen(WebSocket socket) {
                socket.sendText(
                    config().limits().maxMessageBytes() + " " + config().limits().maxFragments());
              }
            };
          }
        };
    try (ServletServer server = new ServletServer(servlet, Map.of("maxMessageBytes", "1000"));
        RawClient client = RawClient.opened(server)) {
      assertThat(client.next()).hasToString("text 1000 7");
    }
  }

  @ParameterizedTest
  @CsvSource({
    "maxMessageByte, 3, unknown option 'maxMessageByte'",
    "MaxMessageBytes, 3, unknown option 'MaxMessageBytes'",
    "maxMessageBytes, lots, 'maxMessageBytes' = 'lots'",
    "maxMessageBytes, 0, 'maxMessageBytes' = '0'",
    "pingInterval, 20, 'pingInterval' = '20'",
    "pingInterval, -20s, 'pingInterval' = '-20s'",
    "drainCode, 1000, 'drainCode' = '1000'",
    "overflowPolicy, explode, 'overflowPolicy' = 'explode'",
    "originRequired, yes, 'originRequired' = 'yes'",
    "undertowChannels, on, 'undertowChannels' = 'on': is neither true nor false",
    "undertowchannels, true, unknown option 'undertowchannels'",
    "subprotocols, 'a b', 'subprotocols' = 'a b'",
    "allowedOrigins, app.example, 'allowedOrigins' = 'app.example'",
    "guards, x, unknown option 'guards'",
    "executor, x, 'executor' = 'x'",
    "outboundWatermarkBytes, 999999999, 'outboundWatermarkBytes': 999999999 is above",
    "maxMessageBytes, 64k, 'maxMessageBytes' = '64k': is not a whole number",
    "compressionLevel, 10, 'compressionLevel' = '10': must be from 0 to 9",
    "handler, no.such.Handler, 'handler' = 'no.such.Handler': there is no such class",
    "handler, java.lang.String, 'handler' = 'java.lang.String': is no WebSocketHandler",
    "handler, io.github.upgradehandler.servlet.InitParamTest$Needy, has no public constructor",
    "handler, io.github.upgradehandler.servlet.InitParamTest$Unloadable, cannot be loaded: java.lang.IllegalStateException: as the test wants",
  })
  void an_init_param_that_is_unknown_or_malformed_fails_the_deployment_and_is_named(
      String name, String value, String message) {
    assertFails(Map.of(name, value), message);
  }

  @Test
  void a_servlet_without_any_handler_fails_the_deployment() {
    assertFails(Map.of("maxFragments", "7"), "nothing handles connections: set the init-param");
  }

  /** What a container shows of a failure is its innermost cause. */
  private static void assertFails(Map<String, String> initParams, String message) {
    assertThat(Innermost.of(catchThrowable(() -> deploy(initParams).close())))
        .isInstanceOf(ServletException.class)
        .hasMessageStartingWith("servlet '")
        .hasMessageContaining(message);
  }
}
