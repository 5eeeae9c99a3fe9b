package io.github.upgradehandler.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.Peers.Peer;
import io.github.upgradehandler.testing.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Presence as it is told. */
class RoomListenerTest {

  private final Peers peers = new Peers();
  private final List<String> events = new ArrayList<>();

  private final class Noting implements RoomListener {
    @Override
    public void userJoined(Room room, String user) {
      note(user + " in " + room.name());
    }

    @Override
    public void userLeft(Room room, String user) {
      note(user + " out of " + room.name());
    }
  }

  @AfterEach
  void close() {
    peers.close();
  }

  private synchronized void note(String event) {
    events.add(event);
  }

  private synchronized List<String> takeEvents() {
    List<String> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  @Test
  void a_user_comes_with_the_first_connection_and_goes_with_the_last() {
    Rooms rooms = Rooms.builder().listener(new Noting()).build();
    Room lobby = rooms.room("lobby");
    Peer phone = peers.of("ann");
    Peer desk = peers.of("ann");
    lobby.join(phone.socket);
    assertThat(takeEvents()).containsExactly("ann in lobby");
    lobby.join(desk.socket);
    lobby.join(peers.anonymous().socket);
    phone.leave();
    assertThat(takeEvents()).isEmpty();
    desk.vanish();
    assertThat(takeEvents()).containsExactly("ann out of lobby");
  }

  @Test
  void a_listener_may_send_join_and_leave() {
    Peer host = peers.of("host");
    Rooms rooms =
        Rooms.builder()
            .listener(
                new RoomListener() {
                  @Override
                  public void userJoined(Room room, String user) {
                    note(user + " in " + room.name() + " of " + room.size());
                    room.join(host.socket);
                    room.send(PreparedMessage.text("joined " + user));
                  }
                })
            .build();
    Peer ann = peers.of("ann");
    rooms.room("lobby").join(ann.socket);
    assertThat(takeEvents()).containsExactly("ann in lobby of 1", "host in lobby of 2");
    assertThat(ann.received()).containsExactly("text joined ann", "text joined host");
  }

  @Test
  void what_a_listener_throws_is_logged_and_harms_nobody() {
    Rooms rooms =
        Rooms.builder()
            .listener(
                new RoomListener() {
                  @Override
                  public void userJoined(Room room, String user) {
                    throw new IllegalStateException("as the test wants");
                  }
                })
            .build();
    Peer ann = peers.of("ann");
    try (CapturedLog log = new CapturedLog()) {
      assertThat(rooms.room("lobby").join(ann.socket).isMember()).isTrue();
      assertThat(log.messages())
          .containsExactly("a listener of rooms or a backplane failed: as the test wants");
    }
    assertThat(rooms.room("lobby").users()).containsExactly("ann");
  }

  /** Else the last word could be "in" of somebody who is out. */
  @Test
  void what_happens_to_a_room_at_once_on_many_threads_is_told_in_order() throws Exception {
    Rooms rooms = Rooms.builder().listener(new Noting()).build();
    Room lobby = rooms.room("lobby");
    int threads = 8;
    CountDownLatch start = new CountDownLatch(1);
    List<Thread> workers = new ArrayList<>();
    for (int i = 0; i < threads; i++) {
      Peer peer = peers.of("ann");
      Thread worker =
          new Thread(
              () -> {
                try {
                  start.await();
                } catch (InterruptedException e) {
                  return;
                }
                for (int round = 0; round < 5_000; round++) {
                  lobby.join(peer.socket);
                  lobby.leave(peer.socket);
                }
              });
      worker.start();
      workers.add(worker);
    }
    start.countDown();
    for (Thread worker : workers) {
      worker.join();
    }
    List<String> told = takeEvents();
    assertThat(told).hasSizeGreaterThan(1);
    for (int i = 0; i < told.size(); i++) {
      assertThat(told.get(i)).isEqualTo(i % 2 == 0 ? "ann in lobby" : "ann out of lobby");
    }
    assertThat(told).last().isEqualTo("ann out of lobby");
  }
}
