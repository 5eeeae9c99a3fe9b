package io.github.upgradehandler.deployment;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.servlet.WebSocketServlet;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledForJreRange;
import org.junit.jupiter.api.condition.JRE;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * What an administrator sees of a wrong configuration, where the servlet would be initialized with
 * its first request only: the deployment fails, and the innermost message is the whole story.
 */
@ParameterizedClass
@EnumSource
@Timeout(60)
class WrongConfigurationTest {

  private static final String SOCKET_OPTIONS =
      "maxMessageBytes, maxFrameBytes, maxFragments, outboundWatermarkBytes, outboundLimitBytes,"
          + " overflowPolicy, sendTimeout, pingInterval, pongTimeout, frameTimeout, closeTimeout,"
          + " drainTimeout, drainCode, subprotocols, executor, allowedOrigins, originRequired,"
          + " closeWithSession, messagesUseSession, closeReasons, compression,"
          + " compressionThreshold, compressionLevel, compressionContextTakeover, handler,"
          + " undertowChannels";
  private static final String STREAM_OPTIONS =
      "heartbeatInterval, sendTimeout, retry, historyBytes, historyTime, maxHistories,"
          + " outboundLimitBytes, drainTimeout, allowedOrigins, closeWithSession";

  /** What is mapped. */
  enum Kind {
    /** The library's own servlet, with a handler. */
    SOCKET(WebSocketServlet.class, Map.of("handler", Handlers.Right.class.getName())),
    /** The same without. */
    NOTHING(WebSocketServlet.class, Map.of()),
    /** An application's event stream. */
    STREAM(News.class, Map.of());

    private final Class<?> servlet;
    private final Map<String, String> params;

    Kind(Class<?> servlet, Map<String, String> params) {
      this.servlet = servlet;
      this.params = params;
    }

    Mapped with(String option, String value, ClassLoader loader) {
      Map<String, String> all = new HashMap<>(params);
      all.put(option, value);
      return new Mapped("chat", "/chat", servlet.getName(), all, loader);
    }
  }

  private static ApplicationLoader loader;

  @Parameter private Deploying container;

  @BeforeAll
  static void load() throws IOException {
    loader = new ApplicationLoader();
  }

  @AfterAll
  static void unload() throws IOException {
    loader.close();
  }

  @ParameterizedTest(name = "{0} {1} = {2}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      textBlock =
          """
          SOCKET  | maxMesageBytes         | 65536         | unknown option 'maxMesageBytes'; there are {SOCKET_OPTIONS}
          SOCKET  | MaxMessageBytes        | 65536         | unknown option 'MaxMessageBytes'; there are {SOCKET_OPTIONS}
          SOCKET  | guards                 | app.Guard     | unknown option 'guards'; there are {SOCKET_OPTIONS}
          SOCKET  | maxMessageBytes        | 64k           | option 'maxMessageBytes' = '64k': is not a whole number
          SOCKET  | maxMessageBytes        | 0             | option 'maxMessageBytes' = '0': must be from 1 to 4611686018427387904, not 0
          SOCKET  | maxFrameBytes          | 124           | option 'maxFrameBytes' = '124': must be from 125 to 4611686018427387904, not 124
          SOCKET  | maxFragments           | 3000000000    | option 'maxFragments' = '3000000000': is not a whole number up to 2147483647
          SOCKET  | outboundWatermarkBytes | 999999999     | option 'outboundWatermarkBytes': 999999999 is above outboundLimitBytes 524288
          SOCKET  | overflowPolicy         | explode       | option 'overflowPolicy' = 'explode': is neither close nor drop
          SOCKET  | sendTimeout            | 0             | option 'sendTimeout' = '0': must be above zero, not PT0S
          SOCKET  | pingInterval           | 20            | option 'pingInterval' = '20': is not a time such as 500ms, 20s, 2m, 1h or 0
          SOCKET  | pingInterval           | -20s          | option 'pingInterval' = '-20s': is not a time such as 500ms, 20s, 2m, 1h or 0
          SOCKET  | closeTimeout           | 9000h         | option 'closeTimeout' = '9000h': must be at most 365 days, not PT9000H
          SOCKET  | drainCode              | 1000          | option 'drainCode' = '1000': must be 1001 or 1012, not 1000
          SOCKET  | executor               | threads       | option 'executor' = 'threads': is neither container nor virtual
          SOCKET  | subprotocols           | a b           | option 'subprotocols' = 'a b': 'a b' is not a token (RFC 6455 section 4.1)
          SOCKET  | subprotocols           | a, a          | option 'subprotocols' = 'a, a': has an element twice: [a, a]
          SOCKET  | allowedOrigins         | app.example   | option 'allowedOrigins' = 'app.example': 'app.example' is not an origin such as https://app.example, null or *
          SOCKET  | allowedOrigins         | wss://a.b     | option 'allowedOrigins' = 'wss://a.b': 'wss://a.b' is the address of a socket: the origin of a page is https:// or http://
          SOCKET  | originRequired         | yes           | option 'originRequired' = 'yes': is neither true nor false
          SOCKET  | compressionLevel       | 10            | option 'compressionLevel' = '10': must be from 0 to 9, not 10
          SOCKET  | undertowChannels       | on            | option 'undertowChannels' = 'on': is neither true nor false
          SOCKET  | handler                | app.Ecoh      | init-param 'handler' = 'app.Ecoh': there is no such class in the web application
          SOCKET  | handler                | java.lang.Long | init-param 'handler' = 'java.lang.Long': is no WebSocketHandler
          SOCKET  | handler                | {Needy}       | init-param 'handler' = '{Needy}': has no public constructor without parameters
          SOCKET  | handler                | {Unfinished}  | init-param 'handler' = '{Unfinished}': is abstract, so that no instance can be made
          SOCKET  | handler                | {Hidden}      | init-param 'handler' = '{Hidden}': is not public, or its module does not export its package to this library's
          NOTHING | maxFragments           | 7             | nothing handles connections: set the init-param 'handler', give a function to the constructor, or override accept
          STREAM  | hartbeatInterval       | 20s           | unknown option 'hartbeatInterval'; there are {STREAM_OPTIONS}
          STREAM  | heartbeatInterval      | 0             | option 'heartbeatInterval' = '0': must be above zero, not PT0S
          STREAM  | retry                  | 2             | option 'retry' = '2': is not a time such as 500ms, 20s, 2m, 1h or 0
          STREAM  | historyBytes           | 999999999     | option 'historyBytes': must be from 0 to 524288, not 999999999
          STREAM  | outboundLimitBytes     | 10            | option 'outboundLimitBytes' = '10': must be from 1024 to 2147483647, not 10
          STREAM  | allowedOrigins         | app.example   | option 'allowedOrigins' = 'app.example': 'app.example' is not an origin such as https://app.example, null or *
          STREAM  | closeWithSession       | maybe         | option 'closeWithSession' = 'maybe': is neither true nor false
          """)
  void fails_the_deployment(Kind kind, String option, String value, String message)
      throws Exception {
    Mapped servlet = kind.with(option, named(value), loader);
    assertThat(container.seen(servlet)).containsExactly("servlet 'chat': " + named(message));
  }

  /** Puts in what is too long for a line of the table. */
  private static String named(String text) {
    return text.replace("{SOCKET_OPTIONS}", SOCKET_OPTIONS)
        .replace("{STREAM_OPTIONS}", STREAM_OPTIONS)
        .replace("{Needy}", Handlers.Needy.class.getName())
        .replace("{Unfinished}", Handlers.Unfinished.class.getName())
        .replace("{Hidden}", Handlers.Hidden.class.getName());
  }

  @Test
  @EnabledForJreRange(max = JRE.JAVA_20)
  void fails_the_deployment_where_this_Java_is_too_old() throws Exception {
    assertThat(container.seen(Kind.SOCKET.with("executor", "virtual", loader)))
        .containsExactly(
            "servlet 'chat': option 'executor' = 'virtual': needs Java 21 or later, this is "
                + Runtime.version().feature());
  }

  @Test
  void a_right_one_is_deployed() throws Exception {
    assertThat(container.seen(Kind.SOCKET.with("maxMessageBytes", " 65536 ", loader))).isEmpty();
    assertThat(container.seen(Kind.STREAM.with("retry", "2s", loader))).isEmpty();
  }
}
