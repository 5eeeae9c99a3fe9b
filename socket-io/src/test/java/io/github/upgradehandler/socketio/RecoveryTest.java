package io.github.upgradehandler.socketio;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.socketio.testing.TestApplication;
import io.github.upgradehandler.socketio.testing.TestClient;
import io.github.upgradehandler.socketio.testing.TestClient.Received;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Clients come back to where they were, and get what they have missed, once and in order. */
class RecoveryTest {

  private static final Pattern PID = Pattern.compile("\"pid\":\"([^\"]+)\"");
  private static final Pattern OFFSET = Pattern.compile(",\"([^\"]+)\"]$");

  private final BlockingQueue<Socket> connected = new LinkedBlockingQueue<>();
  private final BlockingQueue<DisconnectReason> ends = new LinkedBlockingQueue<>();
  private TestApplication application;
  private SocketIo io;

  @BeforeEach
  void start() throws Exception {
    application =
        new TestApplication(
            SocketIoConfig.builder().recovery(Recovery.DEFAULTS).build(),
            server ->
                server
                    .use(
                        (socket, next) -> {
                          socket.data().putIfAbsent("asked", socket.id());
                          next.proceed();
                        })
                    .onConnection(
                        socket -> {
                          socket.onDisconnect(ends::add);
                          connected.add(socket);
                        }));
    io = application.io();
  }

  @AfterEach
  void stop() throws Exception {
    application.close();
  }

  /** A client in the main namespace, and what it knows. */
  private record Known(Received client, Socket socket, String pid) {}

  private Known join() throws Exception {
    Received client = application.client().join("/", "");
    String answer = client.next();
    return new Known(client, connected.poll(10, TimeUnit.SECONDS), TestClient.value(PID, answer));
  }

  private Received back(String pid, String offset) throws Exception {
    String more = offset == null ? "" : ",\"offset\":\"" + offset + "\"";
    return application.client().join("/", "{\"pid\":\"" + pid + "\"" + more + "}");
  }

  private void cut(Known known) throws Exception {
    known.client.abort();
    assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.TRANSPORT_CLOSE);
  }

  private static String offset(String event) {
    return TestClient.value(OFFSET, event);
  }

  private static String same(Known known) {
    return "40{\"sid\":\"" + known.socket.id() + "\",\"pid\":\"" + known.pid + "\"}";
  }

  @Test
  void whatWasMissedComesInOrderAndThenTheAnswer() throws Exception {
    Known known = join();
    known.socket.join("room");
    known.socket.data().put("name", "ann");
    io.emit("before", 1);
    String before = known.client.next();
    assertThat(before).startsWith("42[\"before\",1,\"");
    cut(known);
    io.emit("all");
    io.to("room").emit("room", new byte[] {1});
    io.to("other").emit("other");
    io.except("room").emit("except");
    io.to(known.socket.id()).emit("own");

    Received client = back(known.pid, offset(before));
    assertThat(client.next()).startsWith("42[\"all\",\"");
    assertThat(client.next()).startsWith("451-[\"room\",{\"_placeholder\":true,\"num\":0},\"");
    assertThat(client.next()).isEqualTo("0x01");
    assertThat(client.next()).startsWith("42[\"own\",\"");
    assertThat(client.next()).isEqualTo(same(known));
    Socket socket = connected.poll(10, TimeUnit.SECONDS);
    assertThat(socket.isRecovered()).isTrue();
    assertThat(socket.id()).isEqualTo(known.socket.id());
    assertThat(socket.rooms()).containsExactlyInAnyOrder(socket.id(), "room");
    assertThat(socket.data()).containsAllEntriesOf(Map.of("name", "ann"));
    io.to("room").emit("after");
    assertThat(client.next()).startsWith("42[\"after\",\"");
  }

  @Test
  void aClientThatHasGotNoEventComesBack() throws Exception {
    Known known = join();
    cut(known);
    io.emit("missed");
    Received client = back(known.pid, null);
    assertThat(client.next()).startsWith("42[\"missed\",\"");
    assertThat(client.next()).isEqualTo(same(known));
  }

  @Test
  void whatIsSentWhileASocketEndsIsMissed() throws Exception {
    Known known = join();
    known.socket.join("room");
    known.socket.onDisconnecting(reason -> io.to("room").emit("ending"));
    io.emit("got");
    String got = known.client.next();
    cut(known);
    io.emit("missed");
    Received client = back(known.pid, offset(got));
    assertThat(client.next()).startsWith("42[\"ending\",\"");
    assertThat(client.next()).startsWith("42[\"missed\",\"");
    assertThat(client.next()).isEqualTo(same(known));
  }

  /** The next client comes before or after the end of the last one's connection is noticed. */
  @Test
  void nothingIsMissedWhereverAConnectionBreaks() throws Exception {
    Known known = join();
    AtomicBoolean enough = new AtomicBoolean();
    Thread sending =
        new Thread(
            () -> {
              for (int i = 0; !enough.get(); i++) {
                io.emit("number", i);
                LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(200));
              }
            });
    sending.start();
    try {
      Received client = known.client;
      int due = 0;
      for (int round = 0; round < 200; round++) {
        String last = "";
        while (last.isEmpty() || due % 3 != 0) {
          String message = client.next();
          if (message.startsWith("40")) {
            assertThat(message).isEqualTo(same(known));
          } else {
            assertThat(message).startsWith("42[\"number\"," + due++ + ",\"");
            last = message;
          }
        }
        client.abort();
        client = back(known.pid, offset(last));
      }
    } finally {
      enough.set(true);
      sending.join();
    }
  }

  @Test
  void aVolatileEventDoesNotSpoilThePosition() throws Exception {
    Known known = join();
    io.emit("counted");
    String counted = known.client.next();
    String unreliable = null;
    while (unreliable == null) { // one is dropped while another is still being written
      io.sockets().asVolatile().emit("volatile", "text");
      unreliable = known.client.next(Duration.ofMillis(100));
    }
    assertThat(unreliable).startsWith("42[\"volatile\",\"text\",\"");
    assertThat(offset(unreliable)).isEqualTo(offset(counted));
    cut(known);
    io.sockets().asVolatile().emit("volatile", "lost");
    io.emit("missed");
    Received client = back(known.pid, offset(unreliable));
    assertThat(client.next()).startsWith("42[\"missed\",\"");
    assertThat(client.next()).isEqualTo(same(known));
  }

  @Test
  void aClientMayBeBackBeforeItsEndIsKnown() throws Exception {
    Known known = join();
    known.socket.join("room");
    io.emit("got");
    String got = known.client.next();
    io.to("room").emit("lost on the way");
    Received client = back(known.pid, offset(got));
    assertThat(client.next()).startsWith("42[\"lost on the way\",\"");
    assertThat(client.next()).isEqualTo(same(known));
    assertThat(ends.poll(10, TimeUnit.SECONDS)).isEqualTo(DisconnectReason.TRANSPORT_CLOSE);
    io.to("room").emit("after");
    assertThat(client.next()).startsWith("42[\"after\",\"");
    assertThat(io.sockets().sockets()).hasSize(1);
  }

  @Test
  void nothingIsReplayedTwice() throws Exception {
    Known known = join();
    cut(known);
    io.emit("first");
    Received client = back(known.pid, null);
    String first = client.next();
    assertThat(client.next()).isEqualTo(same(known));
    client.abort();
    ends.poll(10, TimeUnit.SECONDS);
    io.emit("second");
    Received again = back(known.pid, offset(first));
    assertThat(again.next()).startsWith("42[\"second\",\"");
    assertThat(again.next()).isEqualTo(same(known));
  }

  @Test
  void whoeverHasLeftDoesNotComeBack() throws Exception {
    Known known = join();
    known.client.send("41");
    assertThat(ends.poll(10, TimeUnit.SECONDS))
        .isEqualTo(DisconnectReason.CLIENT_NAMESPACE_DISCONNECT);
    String answer = back(known.pid, null).next();
    assertThat(answer).startsWith("40{\"sid\":").doesNotContain(known.pid);
    assertThat(connected.poll(10, TimeUnit.SECONDS).isRecovered()).isFalse();
  }

  @Test
  void whatIsNoPositionIsNone() throws Exception {
    for (String offset : new String[] {"abc", "-1", "99999", "", "other.1", "other.1~node.2"}) {
      Known known = join();
      cut(known);
      assertThat(back(known.pid, offset).next()).startsWith("40{").doesNotContain(known.pid);
      connected.poll(10, TimeUnit.SECONDS);
    }
    assertThat(back("nobody", null).next()).startsWith("40{").doesNotContain("nobody");
  }

  @Test
  void eventsToBeAnsweredHaveNoPosition() throws Exception {
    Known known = join();
    CompletableFuture<Args> answer =
        known.socket.emitWithAck(Duration.ofSeconds(10), "question", "x");
    assertThat(known.client.next()).isEqualTo("420[\"question\",\"x\"]");
    assertThat(answer).isNotDone();
  }

  @Test
  void theValuesAreChecked() {
    assertThatThrownBy(() -> new Recovery(Duration.ZERO, true, 1, 1))
        .hasMessageContaining("maxDisconnectionDuration");
    assertThatThrownBy(() -> new Recovery(Duration.ofSeconds(1), true, 0, 1))
        .hasMessageContaining("maxPackets is 0");
    assertThatThrownBy(() -> new Recovery(Duration.ofSeconds(1), true, 1, 0, 1))
        .hasMessageContaining("maxBytes 0");
    assertThatThrownBy(() -> new Recovery(Duration.ofSeconds(1), true, 1, 0))
        .hasMessageContaining("maxSessions 0");
  }
}
