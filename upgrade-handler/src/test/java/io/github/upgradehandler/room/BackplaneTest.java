package io.github.upgradehandler.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.room.Peers.Peer;
import io.github.upgradehandler.testing.CapturedLog;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Rooms that span nodes: here two of them in one process. */
class BackplaneTest {

  /** What connects the nodes. */
  private static final class Bus {
    private final List<Node> nodes = new CopyOnWriteArrayList<>();

    Node node() {
      Node node = new Node();
      nodes.add(node);
      return node;
    }

    private final class Node implements Backplane {
      private final List<String> calls = new ArrayList<>();
      private final Set<Audience> subscribed = ConcurrentHashMap.newKeySet();
      private Receiver receiver;

      @Override
      public void start(Receiver here) {
        receiver = here;
      }

      @Override
      public void publish(Audience channel, PreparedMessage message) {
        nodes.stream()
            .filter(node -> node != this && node.subscribed.contains(channel))
            .forEach(node -> node.receiver.receive(channel, message));
      }

      @Override
      public void subscribe(Audience channel) {
        assertThat(subscribed.add(channel)).isTrue();
        calls.add("+ " + channel.kind() + " " + channel.name());
      }

      @Override
      public void unsubscribe(Audience channel) {
        assertThat(subscribed.remove(channel)).isTrue();
        calls.add("- " + channel.kind() + " " + channel.name());
      }
    }
  }

  private static final PreparedMessage HELLO = PreparedMessage.text("hello");

  private final Peers peers = new Peers();
  private final Bus bus = new Bus();
  private final Bus.Node east = bus.node();
  private final Rooms eastern = Rooms.builder().backplane(east).build();
  private final Rooms western = Rooms.builder().backplane(bus.node()).build();

  @AfterEach
  void close() {
    peers.close();
  }

  @Test
  void a_message_reaches_the_members_on_every_node_once() {
    Peer ann = peers.of("ann");
    Peer bob = peers.of("bob");
    eastern.room("lobby").join(ann.socket);
    western.room("lobby").join(bob.socket);
    assertThat(eastern.room("lobby").send(HELLO)).isEqualTo(1);
    assertThat(ann.received()).containsExactly("text hello");
    assertThat(bob.received()).containsExactly("text hello");
    eastern.room("lobby").sendToOthers(ann.socket, HELLO);
    assertThat(ann.received()).isEmpty();
    assertThat(bob.received()).containsExactly("text hello");
  }

  @Test
  void a_user_and_everyone_are_reached_on_every_node() {
    Peer phone = peers.of("ann");
    Peer desk = peers.of("ann");
    eastern.add(phone.socket);
    western.add(desk.socket);
    eastern.sendToUser("ann", HELLO);
    western.sendToAll(HELLO);
    assertThat(phone.received()).containsExactly("text hello", "text hello");
    assertThat(desk.received()).containsExactly("text hello", "text hello");
  }

  @Test
  void a_node_subscribes_to_what_it_has_members_of() {
    Peer ann = peers.of("ann");
    Peer other = peers.of("ann");
    eastern.room("lobby").join(ann.socket);
    eastern.room("lobby").join(other.socket);
    assertThat(east.calls).containsExactly("+ EVERYONE ", "+ USER ann", "+ ROOM lobby");
    east.calls.clear();
    ann.leave();
    assertThat(east.calls).isEmpty();
    other.leave();
    assertThat(east.calls).containsExactlyInAnyOrder("- EVERYONE ", "- USER ann", "- ROOM lobby");
    assertThat(east.subscribed).isEmpty();
  }

  @Test
  void a_backplane_that_fails_does_not_keep_a_message_from_this_node() {
    Rooms alone =
        Rooms.builder()
            .backplane(
                new Backplane() {
                  @Override
                  public void start(Receiver receiver) {}

                  @Override
                  public void publish(Audience channel, PreparedMessage message) {
                    throw new IllegalStateException("as the test wants");
                  }

                  @Override
                  public void subscribe(Audience channel) {}

                  @Override
                  public void unsubscribe(Audience channel) {}
                })
            .build();
    Peer ann = peers.of("ann");
    alone.room("lobby").join(ann.socket);
    try (CapturedLog log = new CapturedLog()) {
      assertThat(alone.room("lobby").send(HELLO)).isEqualTo(1);
      assertThat(log.messages())
          .containsExactly(
              "the backplane failed; the message reached this node only: as the test wants");
    }
    assertThat(ann.received()).containsExactly("text hello");
  }
}
