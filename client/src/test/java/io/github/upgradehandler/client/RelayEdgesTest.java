package io.github.upgradehandler.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.testkit.TestPeer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A relay whose client is in memory, and whose server does what the test says. */
class RelayEdgesTest {

  private static final ReconnectPolicy SOON =
      ReconnectPolicy.DEFAULTS
          .withWindows(Duration.ofMillis(1), Duration.ofMillis(1))
          .withMaxTries(3);

  private final WebSocketClient relaying =
      WebSocketClient.create(
          ClientConfig.builder()
              .webSocket(WebSocketConfig.builder().drainTimeout(Duration.ofMillis(100)).build())
              .build());
  private final CompletableFuture<Void> goOn = new CompletableFuture<>();
  private final CompletableFuture<String> came = new CompletableFuture<>();

  @AfterEach
  void close() {
    relaying.close();
  }

  private TestPeer client(Relay relay, String... subprotocols) {
    Handshake.Builder handshake =
        new Handshake.Builder("/relay").subprotocols(List.of(subprotocols));
    WebSocketConfig config = WebSocketConfig.builder().subprotocols(List.of(subprotocols)).build();
    return TestPeer.builder((WebSocketHandler) relay.apply(handshake.build()))
        .config(config)
        .handshake(handshake.build())
        .patience(Duration.ofSeconds(20))
        .connect();
  }

  private Relay relay(ScriptedServer server) {
    return Relay.to(relaying, server.uri()).withReconnect(SOON);
  }

  @Test
  void nothingIsReadBeforeThereIsAnUpstreamConnection() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  goOn.join();
                  peer.accept();
                  came.complete(peer.readHex(7));
                  peer.sendHex("810162");
                  peer.readAll();
                });
        TestPeer client = client(relay(server))) {
      client.sendText("a");
      assertThat(client.unread()).isEqualTo(1);
      goOn.complete(null);
      assertThat(client.receiveText()).isEqualTo("b");
      assertThat(came.get(10, SECONDS)).startsWith("8181");
    }
  }

  @Test
  void fragmentsArePassedBeforeTheMessageEnds() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  peer.sendHex("010161");
                  goOn.join();
                  peer.sendHex("800162" + "02021234");
                  peer.sendHex("800156");
                  peer.readAll();
                });
        TestPeer client = client(relay(server))) {
      assertThat(client.receive()).hasToString("text a...");
      goOn.complete(null);
      assertThat(client.receive()).hasToString("continuation b");
      assertThat(client.receive()).hasToString("binary 1234...");
      assertThat(client.receive()).hasToString("continuation V");
    }
  }

  @Test
  void theUpstreamServersPingsReachTheClientAndItsPongThem() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  peer.sendHex("890170");
                  peer.readHex(7); // the relay's answer
                  came.complete(peer.readHex(7));
                  peer.readAll();
                });
        TestPeer client = client(relay(server))) {
      assertThat(client.receive()).hasToString("ping p");
      client.sendPong(new byte[] {'x'}); // answers nothing
      client.sendPong(new byte[] {'p'});
      assertThat(came.get(10, SECONDS)).startsWith("8a81");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "880203e8 | 1000",
        "880403f06162 | 1008 ab",
        "88020fa1 | 4001",
        "8800 | 1000",
      })
  void anEndIsPassedOn(String frame, String told) throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  peer.sendHex(frame);
                  peer.readHex(6);
                });
        TestPeer client = client(relay(server).withoutReconnect())) {
      assertThat(client.receiveClose()).hasToString("close " + told);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "010161 | 1014 the upstream server was lost in the middle of a message",
        "'' | 1014 the upstream server was lost",
        "ff00 | 1014 protocol error",
      })
  void aLossIsTold(String frames, String told) throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  peer.sendHex(frames);
                  goOn.join();
                });
        TestPeer client = client(relay(server).withoutReconnect())) {
      if (frames.startsWith("01")) {
        assertThat(client.receive()).hasToString("text a...");
      }
      goOn.complete(null);
      assertThat(client.receiveClose().toString()).startsWith("close " + told);
    }
  }

  @Test
  void aMessageThatWasBegunIsNotGoneOnWithElsewhere() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  connections.incrementAndGet();
                  came.complete(peer.readHex(7)); // and is lost
                });
        TestPeer client = client(relay(server))) {
      client.sendHex("0181" + "00000000" + "61");
      assertThat(came.get(10, SECONDS)).startsWith("0181");
      assertThat(client.receiveClose())
          .hasToString("close 1014 the upstream server was lost in the middle of a message");
      assertThat(connections).hasValue(1);
    }
  }

  @Test
  void anotherConnectionIsMadeBetweenMessages() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  if (connections.incrementAndGet() == 1) {
                    peer.sendHex("810161");
                    return; // lost
                  }
                  peer.sendHex("810162");
                  peer.readAll();
                });
        TestPeer client = client(relay(server))) {
      assertThat(client.receiveText()).isEqualTo("a");
      assertThat(client.receiveText()).isEqualTo("b");
      client.sendClose(4002, "gone");
      assertThat(client.receiveClose()).hasToString("close 4002");
    }
  }

  @ParameterizedTest
  @CsvSource({"403 Forbidden, 1", "503 Busy, 3"})
  void aRefusalIsToldWithItsStatus(String status, int tries) throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.readHead();
                  peer.send("HTTP/1.1 " + status + "\r\n\r\n");
                });
        TestPeer client = client(relay(server))) {
      assertThat(client.receiveClose())
          .hasToString(
              "close 1014 the upstream server has answered "
                  + status.substring(0, 3)
                  + " to the opening handshake");
      assertThat(server.heads()).hasSize(tries);
    }
  }

  @Test
  void aServerThatIsNotThereIsTold() throws Exception {
    ScriptedServer server = new ScriptedServer(peer -> {});
    server.close();
    try (TestPeer client = client(relay(server))) {
      assertThat(client.receiveClose())
          .hasToString("close 1014 the upstream server cannot be reached");
    }
  }

  @Test
  void anotherSubprotocolIsNone() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  peer.readAll();
                });
        TestPeer client = client(relay(server), "chat")) {
      assertThat(client.receiveClose().toString())
          .isEqualTo(
              "close 1014 the upstream server does not agree to the subprotocol of this"
                  + " connection");
      assertThat(server.heads().get(0)).contains("Sec-WebSocket-Protocol: chat\r\n");
    }
  }

  @Test
  void theEndOfTheRelaysClientIsTold() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  peer.sendHex("810161");
                  peer.readAll();
                });
        TestPeer client = client(relay(server))) {
      assertThat(client.receiveText()).isEqualTo("a");
      relaying.close();
      assertThat(client.receiveClose().toString()).startsWith("close 1001");
    }
  }

  @Test
  void aClientThatLeavesWhileItIsConnectedEndsThat() throws Exception {
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.readHead();
              came.complete("asked");
              ended.complete(peer.readAll().length);
            })) {
      try (TestPeer client = client(relay(server))) {
        assertThat(came.get(10, SECONDS)).isEqualTo("asked");
        client.reset();
      }
      assertThat(ended.get(10, SECONDS)).isZero();
    }
  }

  @Test
  void aSlowClientHoldsItsServerBack() throws Exception {
    int messages = 2000;
    String message = "827e4000" + "00".repeat(16 << 10);
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  for (int i = 0; i < messages; i++) {
                    peer.sendHex(message);
                  }
                  peer.readAll();
                });
        TestPeer client = client(relay(server))) {
      client.stallReading();
      int received = 0;
      long most = 0;
      while (received < messages) {
        client.readOnce();
        received += client.receive().isFinal() ? 1 : 0;
        for (String frame : client.receivedSoFar()) {
          received += frame.endsWith("...") ? 0 : 1;
        }
        most = Math.max(most, client.socket().bufferedBytes());
      }
      assertThat(most).isLessThan(256 << 10);
    }
  }
}
