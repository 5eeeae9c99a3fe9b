package io.github.upgradehandler.room;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.github.upgradehandler.OverflowPolicy;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.internal.connection.Wire;
import io.github.upgradehandler.room.Peers.Peer;
import io.github.upgradehandler.room.log.Engine;
import io.github.upgradehandler.room.log.Lost;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.room.log.Published;
import io.github.upgradehandler.room.log.Retention;
import io.github.upgradehandler.testing.CapturedLog;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionStage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A room with a log, as its members see it. */
class LoggedRoomTest {

  /** Positions are given by their offset: the epoch is another each time. */
  static final class Framing implements LogFraming {
    @Override
    public PreparedMessage message(String room, Position position, PreparedMessage message) {
      String text = StandardCharsets.UTF_8.decode(message.payload()).toString();
      return PreparedMessage.text(room + " " + position.offset() + " " + text);
    }

    @Override
    public PreparedMessage lost(String room, Lost lost) {
      return PreparedMessage.text(
          room + " lost " + lost.reason() + " up to " + lost.position().offset());
    }

    @Override
    public PreparedMessage joined(String room, Position position) {
      return PreparedMessage.text(room + " at " + position.offset());
    }
  }

  private static final Retention FEW = new Retention(3, 1 << 20, Duration.ofHours(1));

  private final Peers peers = new Peers();
  private final Rooms rooms =
      Rooms.builder()
          .logged(name -> name.startsWith("chat"), Engine.inMemory(), FEW, new Framing())
          .build();
  private final Room chat = rooms.room("chat");

  @AfterEach
  void close() {
    peers.close();
  }

  private Peer member(String user) {
    Peer peer = peers.of(user);
    assertThat(chat.join(peer.socket).isMember()).isTrue();
    return peer;
  }

  private static Position position(CompletionStage<Published> answer) {
    return ((Published.Appended) answer.toCompletableFuture().join()).position();
  }

  private Position publish(String text) {
    return position(chat.publish(PreparedMessage.text(text)));
  }

  @Test
  void members_get_what_is_published_with_its_position() {
    publish("before");
    Peer ann = member("ann");
    Peer bob = member("bob");
    assertThat(publish("hello").offset()).isEqualTo(2);
    assertThat(ann.received()).containsExactly("text chat at 1", "text chat 2 hello");
    assertThat(bob.received()).containsExactly("text chat at 1", "text chat 2 hello");
    assertThat(chat.size()).isEqualTo(2);
  }

  @Test
  void one_can_be_left_out_and_learns_the_position_from_the_answer() {
    Peer ann = member("ann");
    Peer bob = member("bob");
    Position own = position(chat.publishToOthers(ann.socket, PreparedMessage.text("hi")));
    assertThat(own.offset()).isEqualTo(1);
    assertThat(ann.received()).containsExactly("text chat at 0");
    assertThat(bob.received()).containsExactly("text chat at 0", "text chat 1 hi");
  }

  @Test
  void one_that_comes_back_gets_exactly_what_it_missed() {
    Position seen = publish("one");
    publish("two");
    publish("three");
    Peer ann = peers.of("ann");
    chat.resume(ann.socket, seen);
    publish("four");
    assertThat(ann.received())
        .containsExactly("text chat 2 two", "text chat 3 three", "text chat 4 four");
  }

  @Test
  void one_that_was_there_all_the_time_is_told_nothing_twice() {
    Position seen = publish("one");
    Peer ann = peers.of("ann");
    chat.resume(ann.socket, seen);
    assertThat(ann.received()).isEmpty();
  }

  @Test
  void what_is_not_kept_any_more_is_said_to_be_lost() {
    Position seen = publish("one");
    for (String text : new String[] {"two", "three", "four", "five"}) {
      publish(text);
    }
    Peer ann = peers.of("ann");
    chat.resume(ann.socket, seen);
    publish("six");
    assertThat(ann.received()).containsExactly("text chat lost TRIMMED up to 5", "text chat 6 six");
  }

  @Test
  void a_position_of_no_log_is_said_to_be_lost() {
    publish("one");
    Peer ann = peers.of("ann");
    chat.resume(ann.socket, new Position("elsewhere", 7));
    assertThat(ann.received()).containsExactly("text chat lost UNKNOWN up to 1");
  }

  @Test
  void who_has_left_gets_nothing_and_may_come_back() {
    Peer ann = member("ann");
    Position seen = publish("one");
    assertThat(chat.leave(ann.socket)).isTrue();
    publish("two");
    chat.resume(ann.socket, seen);
    assertThat(ann.received())
        .containsExactly("text chat at 0", "text chat 1 one", "text chat 2 two");
  }

  @Test
  void the_log_goes_on_without_members() {
    Peer ann = member("ann");
    publish("one");
    ann.socket.abort();
    assertThat(chat.size()).isZero();
    assertThat(publish("two").offset()).isEqualTo(2);
    assertThat(member("bob").received()).containsExactly("text chat at 2");
  }

  @Test
  void a_logged_room_is_published_to_and_another_is_sent_to() {
    PreparedMessage message = PreparedMessage.text("hello");
    assertThat(chat.isLogged()).isTrue();
    assertThatIllegalStateException()
        .isThrownBy(() -> chat.send(message))
        .withMessage("room 'chat' is logged: use publish, whose answer says what became of it");
    assertThatIllegalStateException()
        .isThrownBy(() -> chat.subscribe(unused -> {}))
        .withMessageContaining("room 'chat' is logged");
    Room plain = rooms.room("plain");
    assertThat(plain.isLogged()).isFalse();
    assertThatIllegalStateException()
        .isThrownBy(() -> plain.publish(message))
        .withMessageContaining("room 'plain' is not logged");
  }

  @Test
  void a_subscriber_is_told_positions_and_is_told_before_members() {
    List<String> told = new ArrayList<>();
    Position one = publish("one");
    publish("two");
    Remembering subscriber = new Remembering(told);
    chat.subscribe(subscriber, one);
    chat.subscribe(subscriber, one);
    assertThat(told).containsExactly("2 two", "at 2");
    Peer ann = member("ann");
    subscriber.onNext = () -> assertThat(ann.received()).containsExactly("text chat at 2");
    publish("three");
    assertThat(ann.received()).containsExactly("text chat 3 three");
    assertThat(told).containsExactly("2 two", "at 2", "3 three");
    chat.unsubscribe(subscriber);
    chat.unsubscribe(subscriber);
    publish("four");
    assertThat(told).hasSize(3);
    assertThat(chat.size()).isEqualTo(1);
    chat.subscribe(subscriber, new Position("elsewhere", 1));
    assertThat(told.subList(3, 5)).containsExactly("lost UNKNOWN", "at 4");
  }

  @Test
  void a_subscriber_that_throws_is_logged_and_hinders_nobody() {
    try (CapturedLog log = new CapturedLog()) {
      Peer ann = member("ann");
      Remembering subscriber = new Remembering(new ArrayList<>());
      chat.subscribe(subscriber);
      subscriber.onNext =
          () -> {
            throw new IllegalStateException("of the subscriber");
          };
      publish("one");
      assertThat(ann.received()).containsExactly("text chat at 0", "text chat 1 one");
      assertThat(log.warnings())
          .containsExactly("io.github.upgradehandler: a subscriber of logged room 'chat' failed");
    }
  }

  @Test
  void a_log_is_subscribed_to_where_there_is_one() {
    assertThatIllegalStateException()
        .isThrownBy(() -> rooms.room("plain").subscribe(new Remembering(new ArrayList<>())))
        .withMessage(
            "room 'plain' is not logged, see Rooms.Builder.logged: subscribe a Subscriber");
  }

  /** Where others drop what does not fit, it would be a gap that nobody is told of. */
  @Test
  void a_member_that_is_too_slow_is_closed_with_a_line_and_comes_back_to_where_it_was() {
    try (CapturedLog log = new CapturedLog();
        Peers slow = new Peers(Wire.config().overflowPolicy(OverflowPolicy.DROP))) {
      Peer ann = slow.of("ann");
      chat.join(ann.socket);
      Position seen = publish("one");
      ann.stall();
      while (ann.socket.isOpen()) {
        publish("x".repeat(20_000));
      }
      assertThat(log.lines()).hasSize(1);
      assertThat(log.lines().get(0))
          .startsWith("INFO ended: ")
          .contains("connection " + ann.socket.id())
          .endsWith("is closed with 1013: too slow for a logged room (outboundLimitBytes)");
      ann.vanish();
      assertThat(chat.size()).isZero();
      Position last = publish("two");
      Peer back = peers.of("ann");
      chat.resume(back.socket, last.offset() - 1 > seen.offset() ? last.plus(-1) : seen);
      assertThat(back.received()).containsExactly("text chat " + last.offset() + " two");
    }
  }

  private static final class Remembering implements LogSubscriber {
    private final List<String> told;
    private Runnable onNext = () -> {};

    Remembering(List<String> told) {
      this.told = told;
    }

    @Override
    public void onAttached(Position position) {
      told.add("at " + position.offset());
    }

    @Override
    public void onMessage(Position position, PreparedMessage message) {
      onNext.run();
      told.add(position.offset() + " " + StandardCharsets.UTF_8.decode(message.payload()));
    }

    @Override
    public void onLost(Lost lost) {
      told.add("lost " + lost.reason());
    }
  }

  @Test
  void rooms_without_members_keep_nothing_but_their_log() {
    Peer ann = member("ann");
    publish("one");
    chat.leave(ann.socket);
    rooms.room("chat 2").publish(PreparedMessage.text("two"));
    ann.socket.abort();
    assertThat(rooms.isEmpty()).isTrue();
  }

  @Test
  void one_log_is_kept_for_one_set_of_rooms() {
    Engine engine = Engine.inMemory();
    Rooms.builder().logged(name -> true, engine, FEW, new Framing()).build();
    assertThatIllegalStateException()
        .isThrownBy(() -> Rooms.builder().logged(name -> true, engine, FEW, new Framing()).build())
        .withMessage("an engine in memory is for one Rooms");
  }
}
