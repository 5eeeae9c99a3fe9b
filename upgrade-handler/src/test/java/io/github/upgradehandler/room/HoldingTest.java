package io.github.upgradehandler.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.log.ControlledEngine;
import io.github.upgradehandler.room.log.EngineException.Effect;
import io.github.upgradehandler.room.log.Holding;
import io.github.upgradehandler.room.log.LogCounts;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.log.Retention;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What becomes of messages to logged rooms while their engine is away. */
class HoldingTest {

  private static final PreparedMessage HELLO = PreparedMessage.text("hello");

  private final ControlledEngine engine = new ControlledEngine();

  @BeforeEach
  void away() {
    engine.away(Effect.NONE);
  }

  private Rooms rooms(Holding holding) {
    return Rooms.builder()
        .logged(name -> true, engine, Retention.DEFAULTS, new LoggedRoomTest.Framing())
        .holding(holding)
        .build();
  }

  private static CompletableFuture<Published> publish(Rooms rooms) {
    return rooms.room("room").publish(HELLO).toCompletableFuture();
  }

  @Test
  void held_messages_are_appended_when_the_engine_is_back() {
    Rooms rooms = rooms(Holding.DEFAULTS.withTime(Duration.ofMinutes(1)));
    CompletableFuture<Published> first = publish(rooms);
    CompletableFuture<Published> second = publish(rooms);
    assertThat(first).isNotDone();
    assertThat(rooms.logCounts()).isEqualTo(new LogCounts(2, 2 * (5 + 256), 0, 0, 0));
    engine.back();
    assertThat(first.join()).isInstanceOf(Published.Appended.class);
    assertThat(second.join()).isInstanceOf(Published.Appended.class);
    assertThat(rooms.logCounts()).isEqualTo(LogCounts.ZERO);
  }

  @Test
  void without_holding_the_publisher_is_told_at_once() {
    Rooms rooms = rooms(Holding.NONE);
    assertThat(publish(rooms).join()).isEqualTo(new Published.Refused("away"));
    engine.away(Effect.UNKNOWN);
    assertThat(publish(rooms).join()).isEqualTo(new Published.Unknown("away"));
    assertThat(rooms.logCounts()).isEqualTo(new LogCounts(0, 0, 1, 1, 0));
  }

  @Test
  void what_is_beyond_the_bytes_is_refused() {
    Rooms rooms = rooms(Holding.DEFAULTS.withBytes(600));
    CompletableFuture<Published> first = publish(rooms);
    CompletableFuture<Published> second = publish(rooms);
    assertThat(publish(rooms).join())
        .isEqualTo(new Published.Refused("more than 600 bytes wait to be appended"));
    engine.back();
    assertThat(List.of(first.join(), second.join())).allMatch(Published.Appended.class::isInstance);
    assertThat(rooms.logCounts().refused()).isEqualTo(1);
  }

  @Test
  void a_bound_that_is_too_small_is_named() {
    assertThatThrownBy(() -> Holding.DEFAULTS.withTime(Duration.ofMillis(-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("time must not be negative, but is PT-0.001S");
    assertThatThrownBy(() -> Holding.DEFAULTS.withBytes(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("bytes must be at least 1, not 0");
  }
}
