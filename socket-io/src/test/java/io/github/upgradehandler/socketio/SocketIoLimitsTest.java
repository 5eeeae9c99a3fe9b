package io.github.upgradehandler.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.socketio.testing.TestApplication;
import io.github.upgradehandler.socketio.testing.TestClient;
import io.github.upgradehandler.socketio.testing.TestClient.Received;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** The values of the limits, and those that no other test reaches. */
class SocketIoLimitsTest {

  private static final SocketIoLimits DEFAULTS = SocketIoLimits.DEFAULTS;

  private static Map<String, IntFunction<SocketIoLimits>> changes() {
    Map<String, IntFunction<SocketIoLimits>> changes = new LinkedHashMap<>();
    changes.put("maxWaitingBytes", DEFAULTS::withMaxWaitingBytes);
    changes.put("maxSessions", DEFAULTS::withMaxSessions);
    changes.put("maxSessionsPerAddress", DEFAULTS::withMaxSessionsPerAddress);
    changes.put("maxNamespaces", DEFAULTS::withMaxNamespaces);
    changes.put("maxNamespacesPerClient", DEFAULTS::withMaxNamespacesPerClient);
    changes.put("maxRoomsPerSocket", DEFAULTS::withMaxRoomsPerSocket);
    changes.put("maxPendingAcks", DEFAULTS::withMaxPendingAcks);
    changes.put("maxNameLength", DEFAULTS::withMaxNameLength);
    return changes;
  }

  private static List<Integer> values(SocketIoLimits limits) {
    return List.of(
        limits.maxWaitingBytes(),
        limits.maxSessions(),
        limits.maxSessionsPerAddress(),
        limits.maxNamespaces(),
        limits.maxNamespacesPerClient(),
        limits.maxRoomsPerSocket(),
        limits.maxPendingAcks(),
        limits.maxNameLength());
  }

  @Test
  void defaults() {
    assertThat(values(DEFAULTS))
        .containsExactly(4 << 20, 100_000, 10_000, 10_000, 32, 1000, 1000, 255);
  }

  @Test
  void eachIsChangedAloneAndIsAtLeastOne() {
    int place = 0;
    for (Map.Entry<String, IntFunction<SocketIoLimits>> change : changes().entrySet()) {
      List<Integer> expected = new ArrayList<>(values(DEFAULTS));
      expected.set(place++, 7);
      assertThat(values(change.getValue().apply(7))).isEqualTo(expected);
      assertThatThrownBy(() -> change.getValue().apply(0))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage(change.getKey() + " is 0: it has to be at least 1");
    }
  }

  @Test
  void dynamicNamespacesAreBounded() throws Exception {
    SocketIoConfig config =
        SocketIoConfig.builder()
            .cleanupEmptyChildNamespaces(true)
            .limits(DEFAULTS.withMaxNamespaces(3))
            .build();
    try (TestApplication application =
        new TestApplication(
            config,
            io -> {
              io.of("/made");
              io.of(Pattern.compile("/room-\\d+"));
            })) {
      Received first = application.client().join("/room-1", "");
      assertThat(first.next()).startsWith("40/room-1,");
      Received second = application.client().join("/room-2", "");
      assertThat(second.next()).isEqualTo("44/room-2,{\"message\":\"Too many namespaces\"}");
      second.send("40/room-1,");
      assertThat(second.next()).startsWith("40/room-1,");
      second.send("40/made,");
      assertThat(second.next()).startsWith("40/made,");
      assertThat(application.io().of("/by hand").name()).isEqualTo("/by hand");
    }
  }

  @Test
  void namesAreBounded() throws Exception {
    SocketIoConfig config = SocketIoConfig.builder().limits(DEFAULTS.withMaxNameLength(10)).build();
    try (TestApplication application =
        new TestApplication(
            config,
            io ->
                io.onConnection(
                    socket -> socket.on("a".repeat(10), (args, ack) -> socket.emit("got"))))) {
      Received socket = application.client().join();
      socket.send("42[\"" + "a".repeat(10) + "\"]");
      assertThat(socket.next()).isEqualTo("42[\"got\"]");
      socket.send("42[\"" + "a".repeat(11) + "\"]");
      assertThat(socket.next()).isEqualTo(TestClient.CLOSED);
      Received other = application.client().join();
      other.send("40/" + "a".repeat(10) + ",");
      assertThat(other.next()).isEqualTo(TestClient.CLOSED);
    }
  }
}
