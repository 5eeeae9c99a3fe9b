package io.github.upgradehandler.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.Peers.Peer;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Lost.Reason;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.presence.Part;
import io.github.upgradehandler.room.presence.PresenceEngine;
import io.github.upgradehandler.room.presence.Present;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Who is in a room over all nodes, as an application sees it. */
class PresenceTest {

  /** The engine of this node, and another node in the test's hands. */
  private static final class TwoNodes implements PresenceEngine {
    private static final String OTHER = "other.1";

    private final Set<String> subscribed = new HashSet<>();
    private final List<Part> put = new ArrayList<>();
    private final List<Part> parts = new ArrayList<>();
    private Listener listener;

    void otherHas(long version, Map<String, Integer> users) {
      Part part = new Part(OTHER, version, users, 0);
      parts.clear();
      parts.add(part);
      listener.changed("lobby", part);
    }

    @Override
    public void start(Listener value) {
      listener = value;
    }

    @Override
    public Optional<String> refusal(String room) {
      return room.equals("unfit") ? Optional.of("unfit for presence") : Optional.empty();
    }

    @Override
    public CompletionStage<Set<String>> enter(String node, Duration lease) {
      return CompletableFuture.completedStage(Set.of(node, OTHER));
    }

    @Override
    public CompletionStage<Set<String>> renew(String node, Duration lease) {
      return enter(node, lease);
    }

    @Override
    public CompletionStage<Void> put(String room, Part part) {
      put.add(part);
      return CompletableFuture.completedStage(null);
    }

    @Override
    public CompletionStage<List<Part>> subscribe(String room) {
      subscribed.add(room);
      return read(room);
    }

    @Override
    public void unsubscribe(String room) {
      subscribed.remove(room);
    }

    @Override
    public CompletionStage<List<Part>> read(String room) {
      return CompletableFuture.completedStage(List.copyOf(parts));
    }

    @Override
    public void forget(String room, Set<String> nodes) {}

    @Override
    public void after(Duration delay, Runnable task) {}

    @Override
    public void close() {}
  }

  private final Peers peers = new Peers();
  private final List<String> told = new ArrayList<>();

  @AfterEach
  void close() {
    peers.close();
  }

  private void note(Room room, Present present, Set<String> came, Set<String> went) {
    told.add(
        room.name()
            + " "
            + new TreeSet<>(present.users())
            + " "
            + present.connections()
            + " +"
            + new TreeSet<>(came)
            + " -"
            + new TreeSet<>(went));
  }

  private List<String> takeTold() {
    List<String> taken = List.copyOf(told);
    told.clear();
    return taken;
  }

  private Rooms rooms(PresenceEngine engine) {
    return Rooms.builder().presence(name -> !name.equals("plain"), engine, this::note).build();
  }

  private static Present present(Room room) {
    return room.present().toCompletableFuture().join();
  }

  @Test
  void in_memory_this_node_is_all_there_are() {
    Rooms rooms = rooms(PresenceEngine.inMemory());
    Room lobby = rooms.room("lobby");
    Peer phone = peers.of("ann");
    lobby.join(phone.socket);
    assertThat(takeTold()).containsExactly("lobby [ann] 1 +[ann] -[]");
    Peer desk = peers.of("ann");
    lobby.join(desk.socket);
    Peer unknown = peers.anonymous();
    lobby.join(unknown.socket);
    assertThat(takeTold()).containsExactly("lobby [ann] 2 +[] -[]", "lobby [ann] 3 +[] -[]");
    assertThat(present(lobby)).isEqualTo(new Present(Set.of("ann"), 3, true));
    phone.leave();
    desk.leave();
    assertThat(takeTold()).containsExactly("lobby [ann] 2 +[] -[]", "lobby [] 1 +[] -[ann]");
    unknown.leave();
    assertThat(present(lobby)).isEqualTo(Present.NOBODY);
    assertThat(rooms.presences().isEmpty()).isTrue();
  }

  @Test
  void other_nodes_are_told_of_and_a_user_on_both_comes_and_goes_once() {
    TwoNodes nodes = new TwoNodes();
    Room lobby = rooms(nodes).room("lobby");
    nodes.otherHas(1, Map.of("ben", 1));
    assertThat(present(lobby)).isEqualTo(new Present(Set.of("ben"), 1, true));
    assertThat(takeTold()).as("there are no members here").isEmpty();
    Peer ann = peers.of("ann");
    lobby.join(ann.socket);
    assertThat(takeTold()).as("ben was there").containsExactly("lobby [ann, ben] 2 +[ann] -[]");
    nodes.otherHas(2, Map.of("ann", 2, "cid", 1));
    assertThat(takeTold()).containsExactly("lobby [ann, cid] 4 +[cid] -[ben]");
    lobby.leave(ann.socket);
    assertThat(nodes.subscribed).isEmpty();
    assertThat(takeTold()).as("ann is still there").containsExactly("lobby [ann, cid] 3 +[] -[]");
    assertThat(nodes.put).extracting(Part::connections).containsExactly(1, 0);
    assertThat(nodes.put.get(0).users()).isEqualTo(Map.of("ann", 1));
  }

  @Test
  void a_room_without_it_has_that_of_this_node() {
    Rooms rooms = rooms(new TwoNodes());
    rooms.room("plain").join(peers.of("ann").socket);
    assertThat(present(rooms.room("plain"))).isEqualTo(new Present(Set.of("ann"), 1, true));
    assertThat(takeTold()).isEmpty();
  }

  @Test
  void a_room_that_can_have_none_is_not_joined() {
    assertThat(rooms(new TwoNodes()).room("unfit").join(peers.of("ann").socket))
        .isEqualTo(JoinResult.refused("unfit for presence"));
  }

  @Test
  void messages_for_this_node_alone() {
    List<String> published = new ArrayList<>();
    Rooms rooms =
        Rooms.builder()
            .backplane(
                new Backplane() {
                  @Override
                  public void start(Receiver receiver) {}

                  @Override
                  public void publish(Audience channel, PreparedMessage message) {
                    published.add(channel.name());
                  }

                  @Override
                  public void subscribe(Audience channel) {}

                  @Override
                  public void unsubscribe(Audience channel) {}
                })
            .build();
    Peer ann = peers.of("ann");
    rooms.room("lobby").join(ann.socket);
    assertThat(rooms.room("lobby").sendHere(PreparedMessage.text("here"))).isEqualTo(1);
    assertThat(rooms.sendToAllHere(PreparedMessage.text("all here"))).isEqualTo(1);
    assertThat(ann.received()).containsExactly("text here", "text all here");
    assertThat(published).isEmpty();
  }

  @Test
  void a_user_is_disconnected() {
    Rooms rooms = new Rooms();
    Peer phone = peers.of("ann");
    Peer desk = peers.of("ann");
    Peer ben = peers.of("ben");
    for (Peer peer : List.of(phone, desk, ben)) {
      rooms.add(peer.socket);
    }
    CloseStatus status = CloseStatus.POLICY_VIOLATION.withReason("gone for good");
    assertThat(rooms.disconnectUser("ann", status).toCompletableFuture().join())
        .isInstanceOf(Published.Appended.class);
    assertThat(phone.received()).containsExactly("close 1008 gone for good");
    assertThat(desk.received()).containsExactly("close 1008 gone for good");
    assertThat(ben.received()).isEmpty();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> rooms.disconnectUser("ann", CloseStatus.ABNORMAL))
        .withMessageContaining("1006");
  }

  @Test
  void where_disconnects_are_lost_each_user_is_asked_for() {
    Rooms rooms = Rooms.builder().stillAllowed(user -> !user.equals("ann")).build();
    Peer ann = peers.of("ann");
    Peer ben = peers.of("ben");
    rooms.add(ann.socket);
    rooms.add(ben.socket);
    rooms.disconnects().onLost(new Lost(Reason.UNKNOWN, new Position("e", 0)));
    assertThat(ann.received()).containsExactly("close 1008 not allowed any more");
    assertThat(ben.received()).isEmpty();
  }
}
