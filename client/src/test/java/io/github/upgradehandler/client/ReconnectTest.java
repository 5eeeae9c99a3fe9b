package io.github.upgradehandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.FrameObserver;
import io.github.upgradehandler.Message;
import io.github.upgradehandler.ObservedFrame;
import io.github.upgradehandler.PartialHandler;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ReconnectTest {

  private static final ReconnectPolicy SOON =
      ReconnectPolicy.DEFAULTS.withWindows(Duration.ofMillis(1), Duration.ofMillis(1));

  @Test
  void comesBackWhenItIsLostAndStopsByItself() throws Exception {
    AtomicInteger connections = new AtomicInteger();
    BlockingQueue<ReconnectState> states = new LinkedBlockingQueue<>();
    BlockingQueue<ReconnectAttempt> attempts = new LinkedBlockingQueue<>();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  if (connections.incrementAndGet() == 1) {
                    return; // lost: 1006
                  }
                  peer.sendHex("8802" + "03e8"); // 1000: final
                  peer.readHex(8);
                });
        WebSocketClient client = WebSocketClient.create()) {
      ClientRequest request = ClientRequest.to(server.uri());
      ReconnectingWebSocket feed =
          client.reconnecting(
              attempt -> {
                attempts.add(attempt);
                return CompletableFuture.completedStage(
                    request.header("X-Try", Integer.toString(attempt.number())));
              },
              new Recording(),
              SOON,
              states::add);

      ReconnectEnd end = ended(feed);
      assertThat(end.lastClose().orElseThrow().code()).isEqualTo(1000);
      assertThat(end.unsent()).isEmpty();
      assertThat(feed.state()).isEqualTo(ReconnectState.ENDED);
      assertThat(states)
          .containsExactly(
              ReconnectState.CONNECTING,
              ReconnectState.OPEN,
              ReconnectState.WAITING,
              ReconnectState.CONNECTING,
              ReconnectState.OPEN,
              ReconnectState.ENDED);
      assertThat(attempts.remove().lastClose()).isEmpty();
      assertThat(attempts.remove().lastClose().orElseThrow().code()).isEqualTo(1006);
      assertThat(server.heads().get(1)).contains("X-Try: 2\r\n");
      assertThat(feed.sendText("late")).isEqualTo(SendResult.CLOSED);
    }
  }

  @Test
  void whatIsSentMeanwhileIsHeldUpToTheBoundAndGoesOutInOrder() throws Exception {
    CompletableFuture<Void> up = new CompletableFuture<>();
    CompletableFuture<String> came = new CompletableFuture<>();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  up.join();
                  peer.accept();
                  came.complete(peer.readHex(14));
                  peer.readAll();
                });
        WebSocketClient client = WebSocketClient.create()) {
      ReconnectingWebSocket feed =
          client.reconnecting(
              ClientRequest.to(server.uri()),
              new Recording() {
                @Override
                public void onOpen(WebSocket socket) {
                  socket.sendText(""); // goes out first
                }
              },
              SOON.withMaxHeldBytes(200));
      assertThat(feed.sendText("a")).isEqualTo(SendResult.ACCEPTED);
      assertThatThrownBy(() -> feed.sendText("\ud800"))
          .isInstanceOf(IllegalArgumentException.class);
      assertThat(feed.send(new Message.Binary(new byte[] {1}))).isEqualTo(SendResult.ACCEPTED);
      assertThat(feed.sendText("does not fit, as 200 bytes are the bound"))
          .isEqualTo(SendResult.OVERFLOW);
      up.complete(null);
      assertThat(came.get(10, TimeUnit.SECONDS)).matches("8180.{8}8181.{8}.*");
      feed.close();
      feed.socket().ifPresent(WebSocket::abort);
      assertThat(ended(feed).unsent()).isEmpty();
    }
  }

  @Test
  void nothingIsHeldUnlessThatIsWanted() throws Exception {
    try (ScriptedServer server = new ScriptedServer(ScriptedServer.Peer::readAll);
        WebSocketClient client = WebSocketClient.create()) {
      ReconnectingWebSocket feed =
          client.reconnecting(ClientRequest.to(server.uri()), new Recording(), SOON);
      assertThat(feed.sendText("a")).isEqualTo(SendResult.OVERFLOW);
      feed.close();
      assertThat(ended(feed).unsent()).isEmpty();
    }
  }

  @Test
  void whatWasHeldAndNotSentIsToldAtTheEnd() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            peer -> {
              peer.readHead();
              peer.send("HTTP/1.1 503 Busy\r\nRetry-After: 3600\r\n\r\n");
            })) {
      WebSocketClient client = WebSocketClient.create();
      BlockingQueue<ReconnectState> states = new LinkedBlockingQueue<>();
      ReconnectingWebSocket feed =
          client.reconnecting(
              attempt -> CompletableFuture.completedStage(ClientRequest.to(server.uri())),
              new Recording(),
              SOON.withMaxHeldBytes(1000),
              states::add);
      feed.sendText("a");
      assertThat(states.poll(10, TimeUnit.SECONDS)).isEqualTo(ReconnectState.CONNECTING);
      assertThat(states.poll(10, TimeUnit.SECONDS)).isEqualTo(ReconnectState.WAITING);
      client.close(); // and nothing is left
      ReconnectEnd end = ended(feed);
      assertThat(end.unsent()).isEqualTo(List.of(new Message.Text("a")));
      assertThat(end.lastFailure().orElseThrow())
          .hasMessage("the server has answered 503 Busy, not 101");
      assertThat(server.heads()).hasSize(1); // since it asks for an hour
    }
  }

  @Test
  void aRefusalIsFinal() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.readHead();
                  peer.send("HTTP/1.1 403 Forbidden\r\n\r\n");
                });
        WebSocketClient client = WebSocketClient.create()) {
      ReconnectingWebSocket feed =
          client.reconnecting(ClientRequest.to(server.uri()), new Recording(), SOON);
      assertThat(ended(feed).lastFailure().orElseThrow())
          .hasMessage("the server has answered 403 Forbidden, not 101");
      assertThat(server.heads()).hasSize(1);
    }
  }

  @Test
  void triesAreBounded() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.readHead();
                  peer.send("HTTP/1.1 502 Bad Gateway\r\n\r\n");
                });
        WebSocketClient client = WebSocketClient.create()) {
      ReconnectingWebSocket feed =
          client.reconnecting(
              ClientRequest.to(server.uri()), new Recording(), SOON.withMaxTries(3));
      ended(feed);
      assertThat(server.heads()).hasSize(3);
    }
  }

  @Test
  void aHookThatFailsIsATryThatFailed() throws Exception {
    try (WebSocketClient client = WebSocketClient.create()) {
      AtomicInteger asked = new AtomicInteger();
      ReconnectingWebSocket feed =
          client.reconnecting(
              attempt -> {
                asked.incrementAndGet();
                throw new UnsupportedOperationException("no token");
              },
              new Recording(),
              SOON.withMaxTries(2),
              state -> {});
      assertThat(ended(feed).lastFailure().orElseThrow()).hasMessage("no token");
      assertThat(asked).hasValue(2);
    }
  }

  @Test
  void aHandlerOfFramesIsRefused() throws Exception {
    final class Frames extends Recording implements FrameObserver {
      @Override
      public void onFrame(WebSocket socket, ObservedFrame frame) {}
    }
    try (WebSocketClient client = WebSocketClient.create()) {
      assertThatThrownBy(
              () -> client.reconnecting(ClientRequest.to("ws://127.0.0.1"), new Frames(), SOON))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageEndingWith("observes frames: open each connection for itself");
    }
  }

  @Test
  void aHandlerOfPartsGetsThemOfEachConnection() throws Exception {
    BlockingQueue<String> parts = new LinkedBlockingQueue<>();
    PartialHandler handler =
        new PartialHandler() {
          @Override
          public void onTextPart(WebSocket socket, String part, boolean last) {
            parts.add(part + last);
          }

          @Override
          public void onBinaryPart(WebSocket socket, ByteBuffer part, boolean last) {
            parts.add(part.remaining() + "" + last);
          }
        };
    AtomicInteger connections = new AtomicInteger();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  if (connections.incrementAndGet() == 1) {
                    peer.sendHex("010161"); // begins a message, and is lost
                    return;
                  }
                  peer.sendHex("810162" + "82021234" + "880203e8");
                  peer.readHex(8);
                });
        WebSocketClient client = WebSocketClient.create()) {
      ReconnectEnd end = ended(client.reconnecting(ClientRequest.to(server.uri()), handler, SOON));
      assertThat(end.lastClose().orElseThrow().code()).isEqualTo(1000);
      assertThat(parts).containsExactly("afalse", "btrue", "2true");
    }
  }

  private static ReconnectEnd ended(ReconnectingWebSocket feed) throws Exception {
    return feed.whenEnded().toCompletableFuture().get(20, TimeUnit.SECONDS);
  }
}
