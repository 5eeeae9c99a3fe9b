package io.github.upgradehandler.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.Peers.Peer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

/** Everything at once, on many threads. */
class RoomsConcurrencyTest {

  private static final int ROOMS = 5;
  private static final int WORKERS = 6;
  private static final int CONNECTIONS_PER_WORKER = 150;

  private final Peers peers = new Peers();
  private final AtomicLong presence = new AtomicLong();
  private final Rooms rooms =
      Rooms.builder()
          .listener(
              new RoomListener() {
                @Override
                public void userJoined(Room room, String user) {
                  presence.incrementAndGet();
                }

                @Override
                public void userLeft(Room room, String user) {
                  presence.decrementAndGet();
                }
              })
          .build();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void close() {
    threads.shutdownNow();
    peers.close();
  }

  /** Each connection is used by two threads: one joins and leaves, the other ends it. */
  @RepeatedTest(3)
  void joins_leaves_and_ends_racing_with_broadcasts_leave_no_member_and_no_room_behind()
      throws Exception {
    AtomicBoolean running = new AtomicBoolean(true);
    PreparedMessage message = PreparedMessage.text("x");
    Future<?> broadcaster =
        threads.submit(
            () -> {
              while (running.get()) {
                for (int i = 0; i < ROOMS; i++) {
                  rooms.room("room" + i).send(message);
                }
                rooms.sendToAll(message);
                rooms.sendToUser("user0", message);
              }
            });
    List<Callable<Void>> work = new ArrayList<>();
    for (int worker = 0; worker < WORKERS; worker++) {
      int seed = worker;
      work.add(
          () -> {
            Random random = new Random(seed);
            for (int i = 0; i < CONNECTIONS_PER_WORKER; i++) {
              liveOneLife(random, peers.of("user" + random.nextInt(3)));
            }
            return null;
          });
    }
    for (Future<Void> done : threads.invokeAll(work)) {
      done.get();
    }
    running.set(false);
    broadcaster.get();
    assertThat(rooms.names()).isEmpty();
    assertThat(rooms.users()).isEmpty();
    assertThat(rooms.size()).isZero();
    assertThat(rooms.isEmpty()).isTrue();
    assertThat(presence).hasValue(0);
  }

  private void liveOneLife(Random random, Peer peer) throws Exception {
    int endAfter = random.nextInt(20);
    Future<?> ending =
        threads.submit(
            () -> {
              for (int i = 0; i < endAfter; i++) {
                Thread.onSpinWait();
              }
              peer.vanish();
            });
    for (int i = 0; i < 20; i++) {
      Room room = rooms.room("room" + random.nextInt(ROOMS));
      if (random.nextBoolean()) {
        room.join(peer.socket);
      } else {
        room.leave(peer.socket);
      }
    }
    ending.get();
  }

  @Test
  void a_member_gets_each_message_sent_between_its_joining_and_its_leaving() throws Exception {
    Room room = rooms.room("room");
    Peer steady = peers.of("steady");
    room.join(steady.socket);
    AtomicBoolean running = new AtomicBoolean(true);
    Future<?> crowd =
        threads.submit(
            () -> {
              while (running.get()) {
                Peer passing = peers.of("passing");
                room.join(passing.socket);
                passing.vanish();
              }
            });
    for (int i = 0; i < 2_000; i++) {
      room.send(PreparedMessage.text(Integer.toString(i)));
      assertThat(steady.received()).containsExactly("text " + i);
    }
    running.set(false);
    crowd.get();
    assertThat(room.size()).isEqualTo(1);
  }
}
