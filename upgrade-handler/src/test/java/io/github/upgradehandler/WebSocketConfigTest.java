package io.github.upgradehandler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;
import org.junit.jupiter.api.Test;

/** The bounds and habits, set by method. */
class WebSocketConfigTest {

  @Test
  void defaults() {
    WebSocketConfig config = WebSocketConfig.defaults();
    assertThat(config.limits().maxMessageBytes()).isEqualTo(65_536);
    assertThat(config.limits().maxFrameBytes()).isEqualTo(65_536);
    assertThat(config.limits().maxFragments()).isEqualTo(1024);
    assertThat(config.flow().outboundWatermarkBytes()).isEqualTo(65_536);
    assertThat(config.flow().outboundLimitBytes()).isEqualTo(524_288);
    assertThat(config.flow().overflowPolicy()).isEqualTo(OverflowPolicy.CLOSE);
    assertThat(config.timeouts().sendTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.timeouts().pingInterval()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.timeouts().pongTimeout()).isEqualTo(Duration.ofSeconds(20));
    assertThat(config.timeouts().frameTimeout()).isEqualTo(Duration.ofSeconds(30));
    assertThat(config.timeouts().closeTimeout()).isEqualTo(Duration.ofSeconds(10));
    assertThat(config.drainTimeout()).isEqualTo(Duration.ofSeconds(5));
    assertThat(config.drainCode()).isEqualTo(1001);
    assertThat(config.subprotocols()).isEmpty();
    assertThat(config.allowedOrigins()).isEmpty();
    assertThat(config.originRequired()).isFalse();
    assertThat(config.closeReasons()).isTrue();
    assertThat(config.compression().isEnabled()).isFalse();
    assertThat(config.compression().threshold()).isEqualTo(1024);
    assertThat(config.compression().level()).isEqualTo(6);
    assertThat(config.compression().contextTakeover()).isFalse();
    assertThat(config.executor()).isNull();
  }

  @Test
  void everything_by_method() {
    Executor executor = Runnable::run;
    WebSocketConfig config =
        WebSocketConfig.builder()
            .maxMessageBytes(1 << 20)
            .maxFrameBytes(1 << 18)
            .maxFragments(7)
            .outboundWatermarkBytes(100)
            .outboundLimitBytes(200)
            .overflowPolicy(OverflowPolicy.DROP)
            .sendTimeout(Duration.ofSeconds(1))
            .pingInterval(Duration.ZERO)
            .pongTimeout(Duration.ofSeconds(2))
            .frameTimeout(Duration.ZERO)
            .closeTimeout(Duration.ofSeconds(3))
            .drainTimeout(Duration.ZERO)
            .drainCode(1012)
            .subprotocols(List.of("b", "a"))
            .allowedOrigins(List.of("https://app.example", "null"))
            .originRequired(true)
            .closeReasons(false)
            .compression(true)
            .compressionThreshold(0)
            .compressionLevel(9)
            .compressionContextTakeover(true)
            .executor(executor)
            .build();
    assertThat(config.limits().maxMessageBytes()).isEqualTo(1 << 20);
    assertThat(config.limits().maxFrameBytes()).isEqualTo(1 << 18);
    assertThat(config.limits().maxFragments()).isEqualTo(7);
    assertThat(config.flow().outboundWatermarkBytes()).isEqualTo(100);
    assertThat(config.flow().outboundLimitBytes()).isEqualTo(200);
    assertThat(config.flow().overflowPolicy()).isEqualTo(OverflowPolicy.DROP);
    assertThat(config.timeouts().sendTimeout()).isEqualTo(Duration.ofSeconds(1));
    assertThat(config.timeouts().pingInterval()).isZero();
    assertThat(config.timeouts().pongTimeout()).isEqualTo(Duration.ofSeconds(2));
    assertThat(config.timeouts().frameTimeout()).isZero();
    assertThat(config.timeouts().closeTimeout()).isEqualTo(Duration.ofSeconds(3));
    assertThat(config.drainTimeout()).isZero();
    assertThat(config.drainCode()).isEqualTo(1012);
    assertThat(config.subprotocols()).containsExactly("b", "a");
    assertThat(config.allowedOrigins()).containsExactly("https://app.example", "null");
    assertThat(config.originRequired()).isTrue();
    assertThat(config.closeReasons()).isFalse();
    assertThat(config.compression().isEnabled()).isTrue();
    assertThat(config.compression().threshold()).isZero();
    assertThat(config.compression().level()).isEqualTo(9);
    assertThat(config.compression().contextTakeover()).isTrue();
    assertThat(config.executor()).isSameAs(executor);
  }

  @Test
  void a_frame_is_never_larger_than_a_message() {
    assertThat(WebSocketConfig.builder().maxMessageBytes(1000).build().limits().maxFrameBytes())
        .isEqualTo(1000);
    assertThat(
            WebSocketConfig.builder()
                .maxMessageBytes(1000)
                .maxFrameBytes(2000)
                .build()
                .limits()
                .maxFrameBytes())
        .isEqualTo(1000);
  }

  @Test
  void methods_refuse_what_text_must_not_be_either() {
    WebSocketConfig.Builder builder = WebSocketConfig.builder();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.pingInterval(Duration.ofMillis(-1)))
        .withMessage("option 'pingInterval': must not be negative, as PT-0.001S is");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.pongTimeout(Duration.ofMillis(-1)))
        .withMessage("option 'pongTimeout': must be above zero, not PT-0.001S");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.sendTimeout(Duration.ofDays(366)))
        .withMessage("option 'sendTimeout': must be at most 365 days, not PT8784H");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.maxMessageBytes(0))
        .withMessage("option 'maxMessageBytes': must be from 1 to 4611686018427387904, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.drainCode(1000))
        .withMessage("option 'drainCode': must be 1001 or 1012, not 1000");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.subprotocols(List.of("")))
        .withMessage("option 'subprotocols': '' is not a token (RFC 6455 section 4.1)");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> builder.allowedOrigins(List.of("")))
        .withMessageStartingWith("option 'allowedOrigins': '' is not an origin");
  }

  @Test
  void the_watermark_is_within_the_limit() {
    WebSocketConfig.builder().outboundWatermarkBytes(10).outboundLimitBytes(10).build();
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                WebSocketConfig.builder().outboundWatermarkBytes(11).outboundLimitBytes(10).build())
        .withMessage("option 'outboundWatermarkBytes': 11 is above outboundLimitBytes 10");
  }

  @Test
  void what_is_built_does_not_change() {
    List<String> subprotocols = new ArrayList<>(List.of("a"));
    WebSocketConfig.Builder builder = WebSocketConfig.builder().subprotocols(subprotocols);
    WebSocketConfig config = builder.build();
    builder.maxFragments(1).subprotocols(List.of("b"));
    subprotocols.clear();
    assertThat(config.limits().maxFragments()).isEqualTo(1024);
    assertThat(config.subprotocols()).containsExactly("a");
  }
}
