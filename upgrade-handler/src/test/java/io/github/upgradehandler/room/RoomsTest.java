package io.github.upgradehandler.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.JoinResult.Outcome;
import io.github.upgradehandler.room.Peers.Peer;
import io.github.upgradehandler.testing.Connections;
import io.github.upgradehandler.testkit.MemoryTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is in which room, and who gets what. */
class RoomsTest {

  private static final PreparedMessage HELLO = PreparedMessage.text("hello");

  private final Peers peers = new Peers();
  private final Rooms rooms = new Rooms();
  private final Room lobby = rooms.room("lobby");

  @AfterEach
  void close() {
    peers.close();
  }

  private Peer member(String user) {
    Peer peer = peers.of(user);
    assertThat(lobby.join(peer.socket).isMember()).isTrue();
    return peer;
  }

  @Test
  void a_message_reaches_every_member_and_nobody_else() {
    Peer ann = member("ann");
    Peer bob = member("bob");
    Peer outside = peers.of("carl");
    rooms.room("attic").join(outside.socket);
    assertThat(lobby.send(HELLO)).isEqualTo(2);
    assertThat(ann.received()).containsExactly("text hello");
    assertThat(bob.received()).containsExactly("text hello");
    assertThat(outside.received()).isEmpty();
  }

  @Test
  void a_message_reaches_all_but_one() {
    Peer ann = member("ann");
    Peer bob = member("bob");
    assertThat(lobby.sendToOthers(ann.socket, HELLO)).isEqualTo(1);
    assertThat(ann.received()).isEmpty();
    assertThat(bob.received()).containsExactly("text hello");
  }

  @Test
  void who_is_left_out_need_not_be_a_member() {
    Peer ann = member("ann");
    assertThat(lobby.sendToOthers(peers.of("bob").socket, HELLO)).isEqualTo(1);
    assertThat(ann.received()).containsExactly("text hello");
  }

  @Test
  void a_message_to_a_user_reaches_each_of_the_user_s_connections_in_whichever_rooms() {
    Peer phone = member("ann");
    Peer desk = peers.of("ann");
    rooms.room("attic").join(desk.socket);
    rooms.room("cellar").join(desk.socket);
    Peer bob = member("bob");
    assertThat(rooms.sendToUser("ann", HELLO)).isEqualTo(2);
    assertThat(phone.received()).containsExactly("text hello");
    assertThat(desk.received()).containsExactly("text hello");
    assertThat(bob.received()).isEmpty();
    assertThat(rooms.sendToUser("nobody", HELLO)).isZero();
  }

  @Test
  void a_message_to_all_reaches_each_known_connection_once() {
    Peer ann = member("ann");
    rooms.room("attic").join(ann.socket);
    Peer roomless = peers.anonymous();
    rooms.add(roomless.socket);
    Peer unknown = peers.anonymous();
    assertThat(rooms.sendToAll(HELLO)).isEqualTo(2);
    assertThat(ann.received()).containsExactly("text hello");
    assertThat(roomless.received()).containsExactly("text hello");
    assertThat(unknown.received()).isEmpty();
    assertThat(rooms.size()).isEqualTo(2);
  }

  @Test
  void a_message_to_a_room_without_members_reaches_nobody() {
    assertThat(lobby.send(HELLO)).isZero();
    assertThat(rooms.isEmpty()).isTrue();
  }

  @Test
  void joining_and_leaving_twice_is_as_good_as_once() {
    Peer ann = peers.of("ann");
    assertThat(lobby.join(ann.socket).outcome()).isEqualTo(Outcome.JOINED);
    assertThat(lobby.join(ann.socket).outcome()).isEqualTo(Outcome.ALREADY_JOINED);
    assertThat(lobby.size()).isEqualTo(1);
    lobby.send(HELLO);
    assertThat(ann.received()).containsExactly("text hello");
    assertThat(lobby.leave(ann.socket)).isTrue();
    assertThat(lobby.leave(ann.socket)).isFalse();
    assertThat(lobby.contains(ann.socket)).isFalse();
    assertThat(lobby.send(HELLO)).isZero();
  }

  @Test
  void who_was_never_in_a_room_can_leave_it_all_the_same() {
    Peer ann = peers.of("ann");
    assertThat(lobby.leave(ann.socket)).isFalse();
    rooms.leaveAll(ann.socket);
    assertThat(rooms.isEmpty()).isTrue();
  }

  @Test
  void a_connection_can_leave_all_its_rooms_and_is_still_reached_as_a_user() {
    Peer ann = member("ann");
    rooms.room("attic").join(ann.socket);
    assertThat(rooms.roomsOf(ann.socket)).containsExactlyInAnyOrder("lobby", "attic");
    rooms.leaveAll(ann.socket);
    assertThat(rooms.roomsOf(ann.socket)).isEmpty();
    assertThat(rooms.names()).isEmpty();
    assertThat(rooms.sendToUser("ann", HELLO)).isEqualTo(1);
  }

  @Test
  void a_connection_that_ends_leaves_by_itself_before_its_handler_is_told() {
    List<Set<String>> roomsAtClose = new ArrayList<>();
    Peer ann =
        peers.of(
            "ann",
            new WebSocketHandler() {
              @Override
              public void onClose(WebSocket socket, CloseEvent event) {
                roomsAtClose.add(rooms.roomsOf(socket));
              }
            });
    lobby.join(ann.socket);
    Peer bob = member("bob");
    ann.leave();
    assertThat(lobby.size()).isEqualTo(1);
    assertThat(rooms.users()).containsExactly("bob");
    assertThat(roomsAtClose).containsExactly(Set.of());
    bob.vanish();
    assertThat(rooms.isEmpty()).isTrue();
  }

  @Test
  void a_connection_that_has_ended_cannot_join() {
    Peer ann = peers.of("ann");
    ann.leave();
    assertThat(lobby.join(ann.socket).outcome()).isEqualTo(Outcome.CLOSED);
    rooms.add(ann.socket);
    assertThat(rooms.isEmpty()).isTrue();
  }

  @Test
  void a_connection_that_never_opened_leaves_no_trace() {
    WebSocket unopened =
        Connections.connect(
            peers.wire.group,
            new MemoryTransport(),
            new Handshake.Builder("/").build(),
            null,
            null,
            new WebSocketHandler() {});
    lobby.join(unopened);
    assertThat(lobby.size()).isEqualTo(1);
    unopened.abort();
    assertThat(rooms.isEmpty()).isTrue();
  }

  @Test
  void a_room_is_there_as_long_as_it_has_members() {
    Peer ann = member("ann");
    Peer bob = member("bob");
    assertThat(rooms.names()).containsExactly("lobby");
    lobby.leave(ann.socket);
    assertThat(rooms.names()).containsExactly("lobby");
    lobby.leave(bob.socket);
    assertThat(rooms.names()).isEmpty();
    lobby.join(bob.socket);
    assertThat(rooms.names()).containsExactly("lobby");
  }

  @Test
  void a_user_with_several_connections_is_present_once() {
    Peer phone = member("ann");
    Peer desk = member("ann");
    assertThat(lobby.join(peers.anonymous().socket).isMember()).isTrue();
    assertThat(lobby.users()).containsExactly("ann");
    assertThat(lobby.size()).isEqualTo(3);
    phone.leave();
    assertThat(lobby.users()).containsExactly("ann");
    lobby.leave(desk.socket);
    assertThat(lobby.users()).isEmpty();
    assertThat(rooms.users()).containsExactly("ann");
    desk.leave();
    assertThat(rooms.users()).isEmpty();
    assertThat(lobby.size()).isEqualTo(1);
  }

  @Test
  void the_application_may_say_who_the_user_is() {
    Rooms named = Rooms.builder().userOf(socket -> Optional.of("nick-" + socket.id())).build();
    Peer ann = peers.of("ann");
    named.room("lobby").join(ann.socket);
    assertThat(named.room("lobby").users()).containsExactly("nick-" + ann.socket.id());
  }

  @Test
  void a_rule_may_refuse_with_a_reason() {
    Rooms guarded =
        Rooms.builder()
            .joinRule(
                (socket, room) ->
                    room.equals(socket.principal().orElseThrow().getName())
                        ? Optional.empty()
                        : Optional.of(room + " is private"))
            .build();
    Peer ann = peers.of("ann");
    assertThat(guarded.room("ann").join(ann.socket).isMember()).isTrue();
    JoinResult refused = guarded.room("bob").join(ann.socket);
    assertThat(refused.isMember()).isFalse();
    assertThat(refused.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(refused.reason()).isEqualTo("bob is private");
    assertThat(guarded.names()).containsExactly("ann");
  }

  @Test
  void a_connection_that_was_refused_is_not_known() {
    Rooms closed = Rooms.builder().joinRule((socket, room) -> Optional.of("closed")).build();
    closed.room("lobby").join(peers.of("ann").socket);
    assertThat(closed.isEmpty()).isTrue();
  }

  @Test
  void a_connection_may_be_in_a_bounded_number_of_rooms() {
    Rooms few = Rooms.builder().maxRoomsPerSocket(2).build();
    Peer ann = peers.of("ann");
    few.room("a").join(ann.socket);
    few.room("b").join(ann.socket);
    JoinResult third = few.room("c").join(ann.socket);
    assertThat(third.outcome()).isEqualTo(Outcome.REFUSED);
    assertThat(third.reason()).isEqualTo("in 2 rooms already");
    few.room("a").leave(ann.socket);
    assertThat(few.room("c").join(ann.socket).isMember()).isTrue();
    assertThatThrownBy(() -> Rooms.builder().maxRoomsPerSocket(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("maxRoomsPerSocket must be at least 1, not 0");
  }

  @Test
  void a_connection_may_be_in_the_rooms_of_several_at_once() {
    Rooms others = new Rooms();
    Peer ann = member("ann");
    others.room("lobby").join(ann.socket);
    assertThat(others.room("lobby")).isNotEqualTo(lobby);
    assertThat(rooms.room("lobby")).isEqualTo(lobby);
    ann.leave();
    assertThat(rooms.isEmpty()).isTrue();
    assertThat(others.isEmpty()).isTrue();
  }

  @Test
  void a_member_that_is_closing_is_sent_nothing_more() {
    Peer ann = member("ann");
    ann.socket.close();
    assertThat(lobby.send(HELLO)).isZero();
    assertThat(ann.received()).containsExactly("close 1000");
  }
}
