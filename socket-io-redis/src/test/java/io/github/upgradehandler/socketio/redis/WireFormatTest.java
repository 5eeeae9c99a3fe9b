package io.github.upgradehandler.socketio.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.upgradehandler.redis.AtStart;
import io.github.upgradehandler.redis.RedisRooms;
import io.github.upgradehandler.socketio.Packet;
import io.github.upgradehandler.socketio.Targets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Names of channels, packets and targets, as Node.js has them. */
class WireFormatTest {

  private static final ObjectMapper MAPPER = new ObjectMapper();

  private static JsonNode json(String text) throws Exception {
    return MAPPER.readTree(text.replace('\'', '"'));
  }

  @Test
  void channels() {
    Addresses addresses = Addresses.of("socket.io", "/a");
    assertThat(addresses.broadcast(Set.of())).isEqualTo("socket.io#/a#");
    assertThat(addresses.broadcast(Set.of("r"))).isEqualTo("socket.io#/a#r#");
    assertThat(addresses.broadcast(Set.of("r", "s"))).isEqualTo("socket.io#/a#");
    assertThat(addresses.requests()).isEqualTo("socket.io-request#/a#");
    assertThat(addresses.responses()).isEqualTo("socket.io-response#/a#");
    assertThat(addresses.responses("uid")).isEqualTo("socket.io-response#/a#uid#");
    assertThat(addresses.room("socket.io#/a#")).isEmpty();
    assertThat(addresses.room("socket.io#/a#r#s#")).isEqualTo("r#s");
  }

  /** Else a namespace would get what is sent to others. */
  @Test
  void aNamespacesNameIsNoPattern() {
    assertThat(Addresses.of("k", "/a*[b]?\\").pattern()).isEqualTo("k#/a\\*\\[b\\]\\?\\\\#*");
  }

  @Test
  void packets() throws Exception {
    Packet packet =
        WirePacket.read(json("{'type':2,'data':['e',1],'nsp':'/a'}"), "/a").orElseThrow();
    assertThat(packet.data()).hasToString("[\"e\",1]");
    assertThat(WirePacket.write(packet))
        .hasToString("{\"type\":2,\"data\":[\"e\",1],\"nsp\":\"/a\"}");
    assertThat(WirePacket.read(json("{'type':5,'data':['e']}"), "/")).isPresent();
    for (String other :
        List.of(
            "{'type':2,'data':['e'],'nsp':'/b'}",
            "{'type':3,'data':['e'],'nsp':'/a'}",
            "{'type':2,'data':[],'nsp':'/a'}",
            "{'type':2,'data':[{}],'nsp':'/a'}",
            "{'type':2,'data':'e','nsp':'/a'}",
            "{'type':2,'data':['e']}",
            "{}",
            "1")) {
      assertThat(WirePacket.read(json(other), "/a")).as(other).isEmpty();
    }
  }

  @Test
  void targets() throws Exception {
    Targets targets =
        WireTargets.read(json("{'rooms':['a',1],'except':['b'],'flags':{'volatile':true}}"));
    assertThat(targets).isEqualTo(new Targets(Set.of("a", "1"), Set.of("b"), true, true));
    assertThat(WireTargets.read(json("{}")))
        .isEqualTo(new Targets(Set.of(), Set.of(), false, true));
    assertThat(WireTargets.write(new Targets(Set.of("a"), Set.of("b"), true, false)))
        .hasToString("{\"rooms\":[\"a\"],\"except\":[\"b\"],\"flags\":{\"volatile\":true}}");
  }

  @Test
  void nodesThatStaySilentAreMissingForAWhile() {
    AtomicLong now = new AtomicLong();
    Peers peers = new Peers(now::get);
    peers.here("a", "one");
    peers.here("b", "two");
    assertThat(peers.silent(Set.of("a"))).containsExactly("two");
    now.addAndGet(Duration.ofSeconds(29).toNanos());
    assertThat(peers.silent(Set.of("a"))).containsExactly("two");
    now.addAndGet(Duration.ofSeconds(2).toNanos());
    assertThat(peers.silent(Set.of("a"))).isEmpty();
    peers.here("b", "two");
    assertThat(peers.silent(Set.of())).containsExactlyInAnyOrder("one", "two");
    peers.gone("a");
    assertThat(peers.silent(Set.of("b"))).isEmpty();
  }

  @Test
  void theOptionsAreChecked() {
    try (RedisRooms redis =
        RedisRooms.builder("redis://127.0.0.1:1").atStart(AtStart.MAY_BE_AWAY).connect()) {
      SocketIoRedis.Builder builder = SocketIoRedis.builder(redis);
      assertThatThrownBy(() -> builder.key("")).hasMessageContaining("key");
      assertThatThrownBy(() -> builder.requestsTimeout(Duration.ZERO))
          .hasMessageContaining("requestsTimeout");
    }
  }
}
