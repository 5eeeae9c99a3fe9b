package io.github.upgradehandler.socketio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.github.upgradehandler.socketio.internal.engine.EngineWork;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** How long what is kept, by a clock that the test moves. */
class RecoveringAdapterTest {

  private final AtomicLong now = new AtomicLong();
  private final Recovery recovery = new Recovery(Duration.ofMinutes(2), true, 3, 10_000, 2);
  private final EngineWork work = new EngineWork("test", null);
  private final SocketIo io =
      new SocketIo(
          SocketIoConfig.builder().recovery(recovery).build(),
          SocketIo.defaultMapper(),
          namespace ->
              new RecoveringAdapter(namespace, recovery, now::get, new MemoryEventLog()).start(),
          work);
  private final RecoveringAdapter adapter = (RecoveringAdapter) io.sockets().adapter();
  private final String begin = adapter.place();

  /** Gives its place. */
  private String broadcast() {
    return broadcast("e");
  }

  private String broadcast(String event) {
    adapter.broadcast(
        new Packet(PacketType.EVENT, "/", null, JsonNodeFactory.instance.arrayNode().add(event)),
        Targets.ALL);
    return adapter.place();
  }

  private void persist(String pid, String sent) {
    adapter.persist(
        () -> {
          assertThat(Thread.holdsLock(adapter)).isTrue(); // no broadcast comes between
          return new SavedSession(
              "", "sid-" + pid, pid, Set.of(), Map.of(), begin, sent, Optional.empty());
        });
  }

  private Optional<SavedSession> restore(String pid, Optional<String> offset) {
    return adapter.restore(pid, offset).toCompletableFuture().join();
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void aClientIsKeptForTheWindow() {
    persist("a", begin);
    persist("b", begin);
    pass(Duration.ofSeconds(119));
    assertThat(restore("a", Optional.empty())).isPresent();
    pass(Duration.ofSeconds(2));
    assertThat(restore("b", Optional.empty())).isEmpty();
  }

  @Test
  void aClientIsGivenBackOnce() {
    persist("a", begin);
    assertThat(restore("a", Optional.empty())).isPresent();
    assertThat(restore("a", Optional.empty())).isEmpty();
  }

  @Test
  void whoeverWasQuietForLongerThanTheWindowComesBack() {
    String first = broadcast();
    pass(Duration.ofHours(1));
    String second = broadcast(); // for others: the first is forgotten
    persist("a", first);
    pass(Duration.ofSeconds(60));
    Optional<SavedSession> back = restore("a", Optional.of(first));
    assertThat(back).map(SavedSession::sent).contains(second);
  }

  @Test
  void whatWasLostOnTheWayAndForgottenIsNotPassedOver() {
    String first = broadcast();
    String second = broadcast();
    broadcast();
    broadcast();
    String last = broadcast();
    persist("a", last);
    assertThat(restore("a", Optional.of(first))).isEmpty();
    persist("b", last);
    assertThat(restore("b", Optional.of(second))).map(SavedSession::sent).contains(second);
  }

  @Test
  void theBytesOfEventsAreBounded() {
    String first = broadcast("a".repeat(6000));
    String second = broadcast("b".repeat(3000));
    persist("a", second);
    assertThat(restore("a", Optional.of(begin))).isPresent();
    String third = broadcast("c".repeat(3000));
    persist("b", third);
    assertThat(restore("b", Optional.of(begin))).isEmpty();
    persist("c", third);
    assertThat(restore("c", Optional.of(first))).isPresent();
    String fourth = broadcast("d".repeat(20_000)); // more than is kept at all
    persist("d", fourth);
    assertThat(restore("d", Optional.of(third))).isEmpty();
  }

  @Test
  void clientsThatAreAwayAreBounded() {
    persist("a", begin);
    persist("b", begin);
    persist("c", begin);
    assertThat(restore("a", Optional.empty())).isEmpty();
    assertThat(restore("c", Optional.empty())).isPresent();
  }
}
