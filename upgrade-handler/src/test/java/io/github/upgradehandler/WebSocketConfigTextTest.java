package io.github.upgradehandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The bounds and habits, set from text as a servlet's init-params are. */
class WebSocketConfigTextTest {

  private static final String NAMES =
      "maxMessageBytes, maxFrameBytes, maxFragments, outboundWatermarkBytes, outboundLimitBytes,"
          + " overflowPolicy, sendTimeout, pingInterval, pongTimeout, frameTimeout, closeTimeout,"
          + " drainTimeout, drainCode, subprotocols, executor, allowedOrigins, originRequired,"
          + " closeWithSession, messagesUseSession, closeReasons, compression,"
          + " compressionThreshold, compressionLevel, compressionContextTakeover";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          maxMessageBytes            | 1                      | 1
          maxMessageBytes            | 4611686018427387904    | 4611686018427387904
          maxMessageBytes            | ' 100 '                | 100
          maxFrameBytes              | 125                    | 125
          maxFragments               | 2147483647             | 2147483647
          outboundWatermarkBytes     | 1                      | 1
          outboundLimitBytes         | 65536                  | 65536
          overflowPolicy             | close                  | CLOSE
          overflowPolicy             | drop                   | DROP
          overflowPolicy             | Drop                   | DROP
          sendTimeout                | 500ms                  | PT0.5S
          pingInterval               | 0                      | PT0S
          pongTimeout                | 20s                    | PT20S
          frameTimeout               | 2m                     | PT2M
          closeTimeout               | 1h                     | PT1H
          drainTimeout               | 0ms                    | PT0S
          drainTimeout               | 8760h                  | PT8760H
          drainCode                  | 1001                   | 1001
          drainCode                  | 1012                   | 1012
          subprotocols               | chat                   | [chat]
          subprotocols               | b , a,                 | [b, a]
          subprotocols               | ''                     | []
          allowedOrigins             | https://app.example    | [https://app.example]
          allowedOrigins             | null, http://[::1]:8080, HTTPS://B.example, * | [null, http://[::1]:8080, HTTPS://B.example, *]
          originRequired             | true                   | true
          originRequired             | false                  | false
          executor                   | container              | null
          closeWithSession           | true                   | true
          messagesUseSession         | true                   | true
          closeReasons               | false                  | false
          compression                | true                   | true
          compressionThreshold       | 0                      | 0
          compressionLevel           | 9                      | 9
          compressionContextTakeover | true                   | true
          """)
  void option(String name, String value, String expected) throws Exception {
    WebSocketConfig config = WebSocketConfig.builder().set(name, value).build();
    Object read = read(config, name);
    assertThat(String.valueOf(read)).isEqualTo(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          maxMessageBytes            | many                | is not a whole number
          maxMessageBytes            | ''                  | is not a whole number
          maxMessageBytes            | 64k                 | is not a whole number
          maxMessageBytes            | 1.5                 | is not a whole number
          maxMessageBytes            | 9223372036854775808 | is not a whole number
          maxMessageBytes            | 0                   | must be from 1 to 4611686018427387904, not 0
          maxMessageBytes            | -1                  | must be from 1 to 4611686018427387904, not -1
          maxMessageBytes            | 4611686018427387905 | must be from 1 to 4611686018427387904, not 4611686018427387905
          maxFrameBytes              | x                   | is not a whole number
          maxFrameBytes              | 124                 | must be from 125 to 4611686018427387904, not 124
          maxFragments               | 2147483648          | is not a whole number up to 2147483647
          maxFragments               | 0                   | must be from 1 to 2147483647, not 0
          outboundWatermarkBytes     | 0                   | must be from 1 to 2147483647, not 0
          outboundWatermarkBytes     | x                   | is not a whole number up to 2147483647
          outboundLimitBytes         | -5                  | must be from 1 to 2147483647, not -5
          outboundLimitBytes         | x                   | is not a whole number up to 2147483647
          overflowPolicy             | wait                | is neither close nor drop
          overflowPolicy             | ''                  | is neither close nor drop
          sendTimeout                | 10                  | is not a time such as 500ms, 20s, 2m, 1h or 0
          sendTimeout                | 10 s                | is not a time such as 500ms, 20s, 2m, 1h or 0
          sendTimeout                | -1s                 | is not a time such as 500ms, 20s, 2m, 1h or 0
          sendTimeout                | 1.5s                | is not a time such as 500ms, 20s, 2m, 1h or 0
          sendTimeout                | PT10S               | is not a time such as 500ms, 20s, 2m, 1h or 0
          sendTimeout                | 1000000000000000s   | is not a time such as 500ms, 20s, 2m, 1h or 0
          sendTimeout                | 0                   | must be above zero, not PT0S
          pingInterval               | never               | is not a time such as 500ms, 20s, 2m, 1h or 0
          pingInterval               | 8761h               | must be at most 365 days, not PT8761H
          pingInterval               | 999999999999999h    | must be at most 365 days, not PT999999999999999H
          pongTimeout                | 0s                  | must be above zero, not PT0S
          frameTimeout               | 1d                  | is not a time such as 500ms, 20s, 2m, 1h or 0
          closeTimeout               | 0ms                 | must be above zero, not PT0S
          closeTimeout               | 8761h               | must be at most 365 days, not PT8761H
          drainTimeout               | ''                  | is not a time such as 500ms, 20s, 2m, 1h or 0
          drainCode                  | 1000                | must be 1001 or 1012, not 1000
          drainCode                  | going away          | is not a whole number up to 2147483647
          subprotocols               | a b                 | 'a b' is not a token (RFC 6455 section 4.1)
          subprotocols               | a,é                 | 'é' is not a token (RFC 6455 section 4.1)
          subprotocols               | a,b,a               | has an element twice: [a, b, a]
          allowedOrigins             | wss://app.example   | 'wss://app.example' is the address of a socket: the origin of a page is https:// or http://
          allowedOrigins             | https://*           | 'https://*' is not an origin such as https://app.example, null or *
          allowedOrigins             | https://a.*.example | 'https://a.*.example' is not an origin such as https://app.example, null or *
          allowedOrigins             | capacitor://*       | 'capacitor://*' is not an origin such as https://app.example, null or *
          allowedOrigins             | https://a@b.example | 'https://a@b.example' is not an origin such as https://app.example, null or *
          allowedOrigins             | https://a.example:99999 | 'https://a.example:99999' is not an origin such as https://app.example, null or *
          allowedOrigins             | https://a.example:0443  | 'https://a.example:0443' is not an origin such as https://app.example, null or *
          allowedOrigins             | app.example         | 'app.example' is not an origin such as https://app.example, null or *
          allowedOrigins             | https://app.example/| 'https://app.example/' is not an origin such as https://app.example, null or *
          allowedOrigins             | https://            | 'https://' is not an origin such as https://app.example, null or *
          allowedOrigins             | https://*.x, NULLS  | 'NULLS' is not an origin such as https://app.example, null or *
          originRequired             | yes                 | is neither true nor false
          originRequired             | TRUE                | is neither true nor false
          executor                   | pool                | is neither container nor virtual
          messagesUseSession         | on                  | is neither true nor false
          closeWithSession           | on                  | is neither true nor false
          closeReasons               | off                 | is neither true nor false
          compression                | on                  | is neither true nor false
          compressionThreshold       | -1                  | must be from 0 to 2147483647, not -1
          compressionLevel           | 10                  | must be from 0 to 9, not 10
          compressionLevel           | -1                  | must be from 0 to 9, not -1
          compressionContextTakeover | 1                   | is neither true nor false
          """)
  void a_malformed_value_is_named_with_its_option(String name, String value, String message) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebSocketConfig.builder().set(name, value))
        .withMessage("option '%s' = '%s': %s", name, value, message);
  }

  @Test
  void virtual_threads_are_for_a_java_that_has_them() throws Exception {
    WebSocketConfig.Builder builder = WebSocketConfig.builder();
    if (Runtime.version().feature() < 21) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> builder.set("executor", "virtual"))
          .withMessage(
              "option 'executor' = 'virtual': needs Java 21 or later, this is %s",
              Runtime.version().feature());
    } else {
      Executor executor = builder.set("executor", "virtual").build().executor();
      CompletableFuture<Thread> ran = new CompletableFuture<>();
      executor.execute(() -> ran.complete(Thread.currentThread()));
      Object virtual = Thread.class.getMethod("isVirtual").invoke(ran.get(20, TimeUnit.SECONDS));
      assertThat(virtual).isEqualTo(true);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"maxmessagebytes", "MAX_MESSAGE_BYTES", "guards", "", " maxFragments"})
  void an_unknown_name_is_told_the_known_ones(String name) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WebSocketConfig.builder().set(name, "1"))
        .withMessage("unknown option '%s'; there are %s", name, NAMES);
  }

  @Test
  void every_method_but_the_guards_has_an_option_of_its_name() {
    Set<String> notOptions =
        Set.of("set", "optionNames", "build", "guards", "limits", "flow", "timeouts");
    List<String> methods =
        Arrays.stream(WebSocketConfig.Builder.class.getDeclaredMethods())
            .filter(method -> Modifier.isPublic(method.getModifiers()))
            .map(Method::getName)
            .filter(name -> !notOptions.contains(name))
            .distinct()
            .toList();
    assertThat(Stream.of(NAMES.split(", ", -1)).collect(Collectors.toList()))
        .containsExactlyInAnyOrderElementsOf(methods);
  }

  /** Where an option is read, be it in one of the parts of a configuration. */
  private static Object read(WebSocketConfig config, String name) throws Exception {
    Compression compression = config.compression();
    Object nested =
        switch (name) {
          case "compression" -> compression.isEnabled();
          case "compressionThreshold" -> compression.threshold();
          case "compressionLevel" -> compression.level();
          case "compressionContextTakeover" -> compression.contextTakeover();
          default -> null;
        };
    if (nested != null) {
      return nested;
    }
    for (Object part : List.of(config, config.limits(), config.flow(), config.timeouts())) {
      for (Method method : part.getClass().getMethods()) {
        if (method.getName().equals(name) && method.getParameterCount() == 0) {
          return method.invoke(part);
        }
      }
    }
    throw new AssertionError(name);
  }
}
