package io.github.upgradehandler.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.log.ControlledEngine;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.log.Retention;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Many that come back to a room, one after another, and have missed more than its tail has. */
class ResumesTest {

  private static final int MESSAGES = 200;
  private static final String LARGE = "x".repeat(1000);

  private final ControlledEngine engine = new ControlledEngine();
  private final Rooms rooms =
      Rooms.builder()
          .logged(name -> true, engine, Retention.DEFAULTS, new LoggedRoomTest.Framing())
          .build();
  private final Room room = rooms.room("room");

  private static final class Returning implements LogSubscriber {

    private final List<Long> offsets = new ArrayList<>();
    private boolean attached;

    @Override
    public void onMessage(Position position, PreparedMessage message) {
      offsets.add(position.offset());
    }

    @Override
    public void onLost(Lost lost) {
      throw new AssertionError(lost);
    }

    @Override
    public void onAttached(Position position) {
      attached = true;
    }
  }

  private Position publish(int number) {
    Published published =
        room.publish(PreparedMessage.text(number + LARGE)).toCompletableFuture().join();
    return ((Published.Appended) published).position();
  }

  private void comesBack(Position from) {
    Returning one = new Returning();
    room.subscribe(one, from);
    assertThat(one.attached).isTrue();
    assertThat(one.offsets)
        .isEqualTo(
            IntStream.rangeClosed(2, MESSAGES).mapToObj(offset -> Long.valueOf(offset)).toList());
    room.unsubscribe(one);
  }

  @Test
  void one_read_serves_all_of_them_for_a_while() {
    room.subscribe(new Returning()); // so that the room is live
    Position first = publish(1);
    for (int i = 2; i <= MESSAGES; i++) {
      publish(i);
    }
    assertThat(engine.reads()).isZero();
    for (int i = 0; i < 1000; i++) {
      comesBack(first);
    }
    assertThat(engine.reads()).isEqualTo(1);
    engine.passTime();
    comesBack(first);
    assertThat(engine.reads()).as("no more memory than before").isEqualTo(2);
  }
}
