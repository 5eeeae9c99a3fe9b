package io.github.upgradehandler.internal.log;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.testing.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What happens often has few lines, and none is lost without being counted. */
class EndpointLogTest {

  private static final long INTERVAL = TimeUnit.SECONDS.toNanos(EndpointLog.INTERVAL_SECONDS);
  private static final String THING = "requests refused with 403";

  private final AtomicLong clock = new AtomicLong(Long.MAX_VALUE - INTERVAL); // it may overflow
  private final EndpointLog log = new EndpointLog("servlet 'chat'", clock::get);
  private final CapturedLog captured = new CapturedLog();

  @AfterEach
  void release() {
    captured.close();
  }

  private void refuse(int times) {
    for (int i = 0; i < times; i++) {
      int number = i;
      log.write(LogKind.REQUEST_REFUSED, THING, () -> "request " + number);
    }
  }

  private void pass(long nanos) {
    clock.addAndGet(nanos);
    log.reportLeftOut(Runnable::run);
  }

  private static String leftOut(int count, String thing) {
    return "INFO refused: servlet 'chat': " + count + " more " + thing + ": 10 in 60 s have a line";
  }

  @Test
  void a_line_is_of_its_endpoint_logger_and_level() {
    refuse(1);
    assertThat(captured.lines()).containsExactly("INFO refused: servlet 'chat': request 0");
  }

  @Test
  void of_many_the_first_are_written_and_the_others_counted_when_the_interval_is_over() {
    refuse(10_000);
    pass(INTERVAL - 1);
    assertThat(captured.lines()).hasSize(10).endsWith("INFO refused: servlet 'chat': request 9");
    pass(1);
    pass(1);
    assertThat(captured.lines()).hasSize(11).endsWith(leftOut(9990, THING));
    refuse(11);
    assertThat(captured.lines()).hasSize(21);
    log.close();
    log.close();
    assertThat(captured.lines()).hasSize(22).endsWith(leftOut(1, THING));
  }

  @Test
  void a_flood_without_end_is_reported_all_the_same() {
    refuse(15);
    for (int i = 0; i < 3; i++) {
      clock.addAndGet(INTERVAL);
      refuse(15); // before anything looks whether an interval is over
      log.reportLeftOut(Runnable::run);
    }
    assertThat(captured.lines()).filteredOn(leftOut(5, THING)::equals).hasSize(3);
    log.close();
    assertThat(captured.total()).isEqualTo(60);
  }

  @Test
  void nothing_is_asked_of_the_writer_while_nothing_was_left_out() {
    List<Runnable> asked = new ArrayList<>();
    refuse(10);
    clock.addAndGet(INTERVAL);
    log.reportLeftOut(asked::add);
    assertThat(asked).isEmpty();
  }

  @Test
  void things_count_apart_and_endpoints_too() {
    refuse(20);
    log.write(LogKind.REQUEST_REFUSED, "requests refused with 429", () -> "another");
    EndpointLog.ofServlet("news").write(LogKind.REQUEST_REFUSED, THING, () -> "of another");
    assertThat(captured.lines())
        .hasSize(12)
        .endsWith(
            "INFO refused: servlet 'chat': another", "INFO refused: servlet 'news': of another");
  }

  @Test
  void an_application_cannot_invent_things_without_end() {
    for (int i = 0; i < 1000; i++) {
      String thing = "requests refused for reason " + i;
      log.write(LogKind.REQUEST_REFUSED, thing, () -> thing);
    }
    assertThat(captured.lines()).hasSize(64 + 10);
    log.close();
    assertThat(captured.lines()).endsWith(leftOut(926, "of other kinds"));
  }

  @Test
  void a_failure_that_has_a_line_has_its_stack_trace() {
    for (int i = 0; i < 12; i++) {
      log.write(LogKind.ENDED_BY_FAILURE, "failures", () -> "failed", new IllegalStateException());
    }
    assertThat(captured.thrown()).hasSize(10);
  }

  @ParameterizedTest
  @EnumSource
  void what_is_for_looking_closely_is_not_bounded(LogKind kind) {
    captured.detailed();
    for (int i = 0; i < 100; i++) {
      log.write(kind, "things", () -> "happens");
    }
    assertThat(captured.lines()).hasSize(kind == LogKind.ENDED ? 100 : 10);
  }

  @Test
  void what_the_logger_does_not_want_is_not_even_counted() {
    Logger refused = Logger.getLogger("io.github.upgradehandler.refused");
    refused.setLevel(Level.WARNING);
    try {
      refuse(100);
    } finally {
      refused.setLevel(null);
    }
    log.close();
    assertThat(captured.lines()).isEmpty();
  }

  @Test
  void a_text_stays_one_line() {
    log.write(
        LogKind.REQUEST_REFUSED, THING, () -> "a\r\nINFO\u2028b\u0085\u202Ec\u0000\u001B[31m");
    log.write(LogKind.REQUEST_REFUSED, THING, () -> "x".repeat(100_000));
    assertThat(captured.lines().get(0))
        .isEqualTo("INFO refused: servlet 'chat': a??INFO?b??c??[31m");
    assertThat(captured.lines().get(1)).hasSizeLessThan(1100).endsWith("x...");
  }

  @Test
  void what_fails_in_logging_does_not_reach_the_caller() {
    log.write(
        LogKind.REQUEST_REFUSED,
        THING,
        () -> {
          throw new OutOfMemoryError("as the test wants");
        });
    assertThat(captured.lines()).isEmpty();
  }

  @Test
  void threads_together_write_as_many_as_one() {
    IntStream.range(0, 10_000).parallel().forEach(i -> refuse(1));
    log.close();
    assertThat(captured.lines()).hasSize(11).endsWith(leftOut(9990, THING));
  }
}
