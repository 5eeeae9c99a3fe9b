package io.github.upgradehandler.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.Recipient;
import io.github.upgradehandler.SendResult;
import java.security.Principal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.Test;

/** Members of rooms that are no WebSockets. */
class RecipientTest {

  /** Messages wait in it until its owner asks for them, as in long-polling. */
  private static final class Mailbox implements Recipient {

    private final String owner;
    private final CompletableFuture<Void> closed = new CompletableFuture<>();
    private List<String> waiting = new ArrayList<>();

    Mailbox(String owner) {
      this.owner = owner;
    }

    @Override
    public String id() {
      return "mailbox of " + owner;
    }

    @Override
    public Optional<Principal> principal() {
      return Optional.of(() -> owner);
    }

    @Override
    public SendResult send(PreparedMessage message) {
      return sendAll(List.of(message));
    }

    @Override
    public SendResult sendAll(List<PreparedMessage> messages) {
      if (closed.isDone()) {
        return SendResult.CLOSED;
      }
      messages.forEach(message -> waiting.add(text(message)));
      return SendResult.ACCEPTED;
    }

    @Override
    public CompletionStage<?> whenClosed() {
      return closed;
    }

    void close() {
      closed.complete(null);
    }

    List<String> poll() {
      List<String> polled = waiting;
      waiting = new ArrayList<>();
      return polled;
    }

    private static String text(PreparedMessage message) {
      return UTF_8.decode(message.payload()).toString();
    }
  }

  private final List<String> told = new ArrayList<>();
  private final RoomListener listener =
      new RoomListener() {
        @Override
        public void userJoined(Room room, String user) {
          told.add(user + " joined " + room.name());
        }

        @Override
        public void userLeft(Room room, String user) {
          told.add(user + " left " + room.name());
        }
      };
  private final Mailbox ann = new Mailbox("ann");

  @Test
  void get_what_is_sent_to_the_room_beside_websockets() {
    Rooms rooms = new Rooms();
    Room lobby = rooms.room("lobby");
    try (Peers peers = new Peers()) {
      Peers.Peer ben = peers.of("ben");
      assertThat(lobby.join(ann)).isEqualTo(JoinResult.JOINED);
      assertThat(lobby.join(ann)).isEqualTo(JoinResult.ALREADY_JOINED);
      lobby.join(ben.socket);
      assertThat(lobby.size()).isEqualTo(2);
      assertThat(lobby.users()).containsExactlyInAnyOrder("ann", "ben");
      assertThat(lobby.contains(ann)).isTrue();
      assertThat(rooms.roomsOf(ann)).containsExactly("lobby");

      assertThat(lobby.send(PreparedMessage.text("to all"))).isEqualTo(2);
      assertThat(lobby.sendToOthers(ann, PreparedMessage.text("from ann"))).isEqualTo(1);
      assertThat(lobby.sendToOthers(ben.socket, PreparedMessage.text("from ben"))).isEqualTo(1);
      assertThat(rooms.sendToUser("ann", PreparedMessage.text("to ann"))).isEqualTo(1);
      assertThat(rooms.sendToAll(PreparedMessage.text("to everyone"))).isEqualTo(2);
      assertThat(ann.poll()).containsExactly("to all", "from ben", "to ann", "to everyone");
      assertThat(ben.received())
          .containsExactly("text to all", "text from ann", "text to everyone");

      assertThat(lobby.leave(ann)).isTrue();
      assertThat(lobby.send(PreparedMessage.text("without ann"))).isEqualTo(1);
      assertThat(ann.poll()).isEmpty();
      assertThat(rooms.size()).isEqualTo(2);
    }
  }

  @Test
  void leave_by_themselves_when_they_end() {
    Rooms rooms = Rooms.builder().listener(listener).build();
    rooms.room("lobby").join(ann);
    rooms.room("garden").join(ann);
    told.clear();
    ann.close();
    assertThat(told).containsExactlyInAnyOrder("ann left lobby", "ann left garden");
    assertThat(rooms.isEmpty()).isTrue();
    assertThat(rooms.room("lobby").join(ann)).isEqualTo(JoinResult.CLOSED);
    assertThat(rooms.isEmpty()).isTrue();
  }

  @Test
  void are_a_user_s_as_websockets_are() {
    Rooms rooms =
        Rooms.builder().listener(listener).userOf(socket -> Optional.of("socket's user")).build();
    try (Peers peers = new Peers()) {
      rooms.room("lobby").join(ann);
      rooms.room("lobby").join(new Mailbox("ann"));
      Peers.Peer ben = peers.of("ben");
      rooms.room("lobby").join(ben.socket);
      ben.leave();
    }
    assertThat(told)
        .containsExactly(
            "ann joined lobby", "socket's user joined lobby", "socket's user left lobby");
    assertThat(rooms.users()).containsExactly("ann");
  }

  @Test
  void are_refused_by_a_rule_that_knows_websockets_alone() {
    Rooms rooms = Rooms.builder().joinRule((socket, room) -> Optional.empty()).build();
    assertThat(rooms.room("lobby").join(ann).outcome()).isEqualTo(JoinResult.Outcome.REFUSED);
    assertThat(rooms.isEmpty()).isTrue();
    try (Peers peers = new Peers()) {
      assertThat(rooms.room("lobby").join(peers.of("ben").socket)).isEqualTo(JoinResult.JOINED);
    }
  }

  @Test
  void are_decided_about_by_a_rule_for_all() {
    JoinRule membersOnly =
        JoinRule.ofRecipients(
            (member, room) ->
                member.principal().map(Principal::getName).filter("ann"::equals).isPresent()
                    ? Optional.empty()
                    : Optional.of("not you"));
    Rooms rooms = Rooms.builder().joinRule(membersOnly).build();
    try (Peers peers = new Peers()) {
      Room lobby = rooms.room("lobby");
      assertThat(lobby.join(ann)).isEqualTo(JoinResult.JOINED);
      assertThat(lobby.join(new Mailbox("ben")).reason()).isEqualTo("not you");
      assertThat(lobby.join(peers.of("ben").socket).reason()).isEqualTo("not you");
      assertThat(lobby.join(peers.of("ann").socket)).isEqualTo(JoinResult.JOINED);
      assertThat(membersOnly.refusal(peers.of("ben").socket, "lobby")).contains("not you");
    }
  }
}
