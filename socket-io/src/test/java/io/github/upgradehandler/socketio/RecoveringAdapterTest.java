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
  private final Recovery recovery = new Recovery(Duration.ofMinutes(2), true, 3, 2);
  private final EngineWork work = new EngineWork("test", null);
  private final SocketIo io =
      new SocketIo(
          SocketIoConfig.builder().recovery(recovery).build(),
          SocketIo.defaultMapper(),
          namespace -> new RecoveringAdapter(namespace, recovery, now::get),
          work);
  private final RecoveringAdapter adapter = (RecoveringAdapter) io.sockets().adapter();

  private void broadcast() {
    adapter.broadcast(
        new Packet(PacketType.EVENT, "/", null, JsonNodeFactory.instance.arrayNode().add("e")),
        Targets.ALL);
  }

  private void persist(String pid, long since, long sent) {
    adapter.persist(new SavedSession("sid-" + pid, pid, Set.of(), Map.of(), since, sent));
  }

  private void pass(Duration time) {
    now.addAndGet(time.toNanos());
  }

  @Test
  void aClientIsKeptForTheWindow() {
    persist("a", 0, 0);
    persist("b", 0, 0);
    pass(Duration.ofSeconds(119));
    assertThat(adapter.restore("a", Optional.empty())).isPresent();
    pass(Duration.ofSeconds(2));
    assertThat(adapter.restore("b", Optional.empty())).isEmpty();
  }

  @Test
  void aClientIsGivenBackOnce() {
    persist("a", 0, 0);
    assertThat(adapter.restore("a", Optional.empty())).isPresent();
    assertThat(adapter.restore("a", Optional.empty())).isEmpty();
  }

  @Test
  void whoeverWasQuietForLongerThanTheWindowComesBack() {
    broadcast();
    pass(Duration.ofHours(1));
    broadcast(); // for others: the first is forgotten
    persist("a", 0, 1);
    pass(Duration.ofSeconds(60));
    Optional<SavedSession> back = adapter.restore("a", Optional.of("1"));
    assertThat(back).map(SavedSession::sent).contains(2L);
  }

  @Test
  void whatWasLostOnTheWayAndForgottenIsNotPassedOver() {
    for (int i = 0; i < 5; i++) {
      broadcast();
    }
    persist("a", 0, 5);
    assertThat(adapter.restore("a", Optional.of("1"))).isEmpty();
    persist("b", 0, 5);
    assertThat(adapter.restore("b", Optional.of("2"))).map(SavedSession::sent).contains(2L);
  }

  @Test
  void clientsThatAreAwayAreBounded() {
    persist("a", 0, 0);
    persist("b", 0, 0);
    persist("c", 0, 0);
    assertThat(adapter.restore("a", Optional.empty())).isEmpty();
    assertThat(adapter.restore("c", Optional.empty())).isPresent();
  }
}
