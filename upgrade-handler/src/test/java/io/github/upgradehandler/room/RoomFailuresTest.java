package io.github.upgradehandler.room;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.room.Peers.Peer;
import io.github.upgradehandler.testing.CapturedLog;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Whatever those throw, or call, whom rooms call: everyone else has what is theirs. */
@Timeout(60)
class RoomFailuresTest {

  private static final PreparedMessage HELLO = PreparedMessage.text("hello");

  private final Peers peers = new Peers();

  @AfterEach
  void close() {
    peers.close();
  }

  private enum Kind {
    EXCEPTION {
      @Override
      void happen() {
        throw new IllegalStateException("as the test wants");
      }
    },
    NO_MEMORY {
      @Override
      void happen() {
        throw new OutOfMemoryError("as the test wants");
      }
    },
    NO_CLASS {
      @Override
      void happen() {
        throw new NoClassDefFoundError("as the test wants");
      }
    },
    NO_STACK {
      @Override
      void happen() {
        throw new StackOverflowError("as the test wants");
      }
    };

    abstract void happen();
  }

  /** The same connection, of which one method throws. */
  private static WebSocket failing(WebSocket socket, String method, Kind kind) {
    return (WebSocket)
        Proxy.newProxyInstance(
            WebSocket.class.getClassLoader(),
            new Class<?>[] {WebSocket.class},
            (proxy, called, arguments) -> {
              if (called.getName().equals(method)) {
                kind.happen();
              }
              if (called.getName().equals("equals")) {
                return proxy == arguments[0];
              }
              try {
                return called.invoke(socket, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  @ParameterizedTest
  @EnumSource
  void what_one_receiver_throws_keeps_the_message_from_nobody(Kind kind) {
    AtomicInteger published = new AtomicInteger();
    Backplane failingBackplane =
        new Backplane() {
          @Override
          public void start(Receiver receiver) {}

          @Override
          public void publish(Audience channel, PreparedMessage message) {
            published.incrementAndGet();
            kind.happen();
          }

          @Override
          public void subscribe(Audience channel) {
            kind.happen();
          }

          @Override
          public void unsubscribe(Audience channel) {
            kind.happen();
          }
        };
    RoomListener failingListener =
        new RoomListener() {
          @Override
          public void userJoined(Room room, String user) {
            kind.happen();
          }

          @Override
          public void userLeft(Room room, String user) {
            kind.happen();
          }
        };
    Rooms rooms = Rooms.builder().backplane(failingBackplane).listener(failingListener).build();
    Room lobby = rooms.room("lobby");
    try (CapturedLog log = new CapturedLog()) {
      List<Peer> sound = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        Peer peer = peers.of("user " + i);
        sound.add(peer);
        assertThat(lobby.join(peer.socket).isMember()).isTrue();
        assertThat(lobby.join(failing(peers.of("bad").socket, "send", kind)).isMember()).isTrue();
      }
      List<String> heard = new ArrayList<>();
      Subscriber deaf = message -> kind.happen();
      Subscriber hearing = message -> heard.add(UTF_8.decode(message.payload()).toString());
      lobby.subscribe(deaf);
      lobby.subscribe(hearing);
      assertThat(lobby.send(HELLO)).isEqualTo(20);
      assertThat(published).hasValue(1);
      assertThat(heard).containsExactly("hello");
      for (Peer peer : sound) {
        assertThat(peer.received()).containsExactly("text hello");
        peer.vanish();
      }
      lobby.unsubscribe(deaf);
      lobby.unsubscribe(hearing);
      assertThat(log.messages())
          .contains("a listener of rooms or a backplane failed: as the test wants")
          .contains("the backplane failed; the message reached this node only: as the test wants");
      assertThat(lobby.users()).containsExactly("bad");
    }
  }

  @ParameterizedTest
  @EnumSource
  void a_connection_that_cannot_be_added_is_nowhere_left(Kind kind) {
    AtomicReference<String> failingPart = new AtomicReference<>("");
    Rooms rooms =
        Rooms.builder()
            .userOf(
                socket -> {
                  if (failingPart.get().equals("userOf")) {
                    kind.happen();
                  }
                  return Optional.of("ann");
                })
            .joinRule(
                (socket, room) -> {
                  if (failingPart.get().equals("joinRule")) {
                    kind.happen();
                  }
                  return Optional.empty();
                })
            .build();
    Room lobby = rooms.room("lobby");
    Peer peer = peers.of("ann");
    for (String part : List.of("userOf", "joinRule")) {
      failingPart.set(part);
      assertThatThrownBy(() -> lobby.join(peer.socket)).hasMessage("as the test wants");
      assertThat(rooms.isEmpty()).isTrue();
    }
    failingPart.set("");
    WebSocket unbound = failing(peer.socket, "whenClosed", kind);
    assertThatThrownBy(() -> lobby.join(unbound)).hasMessage("as the test wants");
    assertThat(rooms.isEmpty()).isTrue();
    assertThat(lobby.join(peer.socket).isMember()).isTrue();
    peer.vanish();
    assertThat(rooms.isEmpty()).isTrue();
  }

  /** What a callback does is told when it has returned, and so never by recursion. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 40})
  void a_listener_may_go_on_and_on(int names) {
    int rounds = 1_000_000;
    AtomicInteger told = new AtomicInteger();
    AtomicReference<Rooms> rooms = new AtomicReference<>();
    Peer ann = peers.of("ann");
    RoomListener restless =
        new RoomListener() {
          @Override
          public void userJoined(Room room, String user) {
            told.incrementAndGet();
            room.leave(ann.socket);
          }

          @Override
          public void userLeft(Room room, String user) {
            int count = told.incrementAndGet();
            if (count < rounds) {
              rooms.get().room("room " + count % names).join(ann.socket);
            }
          }
        };
    rooms.set(Rooms.builder().listener(restless).build());
    assertThat(rooms.get().room("room 0").join(ann.socket).isMember()).isTrue();
    assertThat(told).hasValue(rounds);
    assertThat(rooms.get().names()).isEmpty();
  }

  /** The end of one ends the next, told by the rooms' listener. */
  @Test
  void a_listener_may_end_one_connection_after_the_other() {
    int all = 3_000;
    List<Peer> members = new ArrayList<>();
    AtomicInteger left = new AtomicInteger();
    Rooms rooms =
        Rooms.builder()
            .listener(
                new RoomListener() {
                  @Override
                  public void userLeft(Room room, String user) {
                    int next = left.incrementAndGet();
                    if (next < all) {
                      members.get(next).socket.abort();
                    }
                  }
                })
            .build();
    for (int i = 0; i < all; i++) {
      Peer peer = peers.of("user " + i);
      members.add(peer);
      rooms.room("lobby").join(peer.socket);
    }
    members.get(0).socket.abort();
    assertThat(left).hasValue(all);
    assertThat(rooms.isEmpty()).isTrue();
  }
}
