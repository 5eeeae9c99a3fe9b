package io.github.upgradehandler.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.upgradehandler.Conversation;
import io.github.upgradehandler.ConversationEndedException;
import io.github.upgradehandler.Message;
import io.github.upgradehandler.QuietConversation;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** The blocking style, and the one that never throws. */
class BlockingTest {

  private static final Duration LONG = Duration.ofSeconds(10);
  private static final byte[] LARGE = new byte[60_000];

  @Test
  void sendsAndReceives() throws Exception {
    try (EchoPeer server = EchoPeer.plain();
        WebSocketClient client = WebSocketClient.create();
        Conversation conversation = client.converse("ws://127.0.0.1:" + server.getPort())) {
      conversation.send("hello");
      assertThat(conversation.receive()).isEqualTo(new Message.Text("hello"));
      assertThat(conversation.send(new Message.Binary(LARGE), LONG)).isTrue();
      assertThat(conversation.receive(LONG)).hasValue(new Message.Binary(LARGE));
      assertThat(conversation.receive(Duration.ofMillis(1))).isEmpty();
    }
  }

  @Test
  void aServerThatDoesNotReadDelaysTheSenderForAsLongAsItSays() throws Exception {
    CompletableFuture<Void> over = new CompletableFuture<>();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  over.join();
                });
        WebSocketClient client = WebSocketClient.create()) {
      Conversation conversation = client.converse(server.uri());
      Message large = new Message.Binary(LARGE);
      int sent = 0;
      while (conversation.send(large, Duration.ZERO)) {
        sent++;
      }
      assertThat(sent).isPositive();
      assertThat(conversation.send(large, Duration.ofMillis(20))).isFalse();
      assertThat(conversation.quiet().send(large, Duration.ZERO)).isFalse();
      assertThat(conversation.quiet().isOver()).isFalse();
      conversation.socket().abort();
      over.complete(null);
    }
  }

  @Test
  void theQuietStyleSaysWhetherItWorked() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.accept();
                  peer.sendHex("8101618800");
                  peer.readHex(6);
                });
        WebSocketClient client = WebSocketClient.create()) {
      QuietConversation quiet = client.converse(server.uri()).quiet();
      assertThat(quiet.send("\ud800")).as("no UTF-8").isFalse();
      assertThat(quiet.receive()).hasValue(new Message.Text("a"));
      assertThat(quiet.receive()).isEmpty();
      assertThat(quiet.receive(LONG)).isEmpty();
      assertThat(quiet.send("too late")).isFalse();
      assertThat(quiet.isOver()).isTrue();
      assertThatThrownBy(() -> quiet.conversation().receive())
          .isInstanceOf(ConversationEndedException.class);
    }
  }

  @Test
  void anInterruptedThreadGivesTheConnectionUp() throws Exception {
    CompletableFuture<Integer> ended = new CompletableFuture<>();
    CompletableFuture<Void> asked = new CompletableFuture<>();
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.readHead();
                  asked.complete(null);
                  ended.complete(peer.readAll().length);
                });
        WebSocketClient client = WebSocketClient.create()) {
      CompletableFuture<Throwable> thrown = new CompletableFuture<>();
      Thread thread =
          new Thread(
              () -> {
                try {
                  client.converse(server.uri());
                } catch (Exception e) {
                  thrown.complete(e);
                }
              });
      thread.start();
      asked.get(10, TimeUnit.SECONDS);
      thread.interrupt();
      assertThat(thrown.get(10, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      assertThat(ended.get(10, TimeUnit.SECONDS)).isZero();
    }
  }

  @Test
  void whatFailsIsThrown() throws Exception {
    try (ScriptedServer server =
            new ScriptedServer(
                peer -> {
                  peer.readHead();
                  peer.send("HTTP/1.1 403 Forbidden\r\n\r\n");
                });
        WebSocketClient client = WebSocketClient.create()) {
      assertThatThrownBy(() -> client.converse(server.uri()))
          .isInstanceOf(HandshakeFailedException.class)
          .hasMessage("the server has answered 403 Forbidden, not 101");
    }
  }
}
