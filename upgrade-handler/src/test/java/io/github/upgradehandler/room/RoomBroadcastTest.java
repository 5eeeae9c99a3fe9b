package io.github.upgradehandler.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.Peers.Peer;
import io.github.upgradehandler.testing.ClientFrames;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a broadcast costs its sender and its receivers. */
class RoomBroadcastTest {

  private static final int SUBSCRIBERS = 1000;
  private static final int STALLED = 10;
  private static final int MESSAGES = 100;
  private static final int MESSAGE_BYTES = 10_000;
  private static final int MAX_WAITING = (512 << 10) + MESSAGE_BYTES;

  private final Peers peers = new Peers();
  private final Rooms rooms = new Rooms();
  private final Room room = rooms.room("prices");

  @AfterEach
  void close() {
    peers.close();
  }

  @Test
  void R4_members_that_stop_reading_delay_nobody_hold_bounded_memory_and_are_let_go() {
    List<Peer> members = new ArrayList<>();
    for (int i = 0; i < SUBSCRIBERS; i++) {
      Peer member = peers.of("user" + i);
      room.join(member.socket);
      if (i < STALLED) {
        member.stall();
      }
      members.add(member);
    }
    List<Peer> stalled = members.subList(0, STALLED);
    List<Peer> reading = members.subList(STALLED, SUBSCRIBERS);
    PreparedMessage price = PreparedMessage.binary(ByteBuffer.allocate(MESSAGE_BYTES));
    for (int i = 0; i < MESSAGES; i++) {
      assertThat(room.send(price)).isGreaterThanOrEqualTo(reading.size());
      // Everyone who reads has it before the next is sent.
      assertThat(reading)
          .allSatisfy(
              member -> assertThat(member.received()).containsExactly("binary of 10000 bytes"));
      assertThat(stalled).allMatch(member -> member.socket.bufferedBytes() <= MAX_WAITING);
    }
    assertThat(stalled).noneMatch(member -> member.socket.isOpen());
    assertThat(room.size()).isEqualTo(SUBSCRIBERS);
    peers.wire.pass(Duration.ofSeconds(11)); // sendTimeout
    assertThat(room.size()).isEqualTo(reading.size());
    assertThat(stalled).allMatch(member -> member.transport.isClosed());
    assertThat(stalled).allMatch(member -> member.socket.bufferedBytes() == 0);
    assertThat(rooms.users()).hasSize(reading.size());
  }

  @Test
  void several_messages_of_one_event_reach_each_receiver_with_one_write_and_one_flush() {
    Peer ticker =
        peers.of(
            "ticker",
            new WebSocketHandler() {
              @Override
              public void onText(WebSocket socket, String text) {
                room.sendToOthers(socket, PreparedMessage.text(text));
                room.sendToOthers(socket, PreparedMessage.text("and " + text));
              }
            });
    room.join(ticker.socket);
    Peer ann = peers.of("ann");
    Peer bob = peers.of("bob");
    room.join(ann.socket);
    room.join(bob.socket);
    ticker.send(ClientFrames.text("1"), ClientFrames.text("2"));
    for (Peer receiver : List.of(ann, bob)) {
      assertThat(receiver.transport.takeCalls()).containsExactly("write 20", "flush");
      assertThat(receiver.received())
          .containsExactly("text 1", "text and 1", "text 2", "text and 2");
    }
  }
}
