package com.example.recipes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.mockito.ArgumentMatchers.any;
import static org.mockito.Mockito.mock;
import static org.mockito.Mockito.verify;
import static org.mockito.Mockito.when;

import com.example.EchoHandler;
import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.room.Room;
import io.github.upgradehandler.room.Rooms;
import io.github.upgradehandler.testkit.TestPeer;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** A WebSocket that is none, as in {@code docs/recipes.md}. */
class MockTest {

  private final Room room = new Rooms().room("lobby");

  @Test
  void a_mocked_socket_in_a_room() {
    CompletableFuture<CloseEvent> closed = new CompletableFuture<>();
    WebSocket socket = mock(WebSocket.class);
    when(socket.id()).thenReturn("ann");
    when(socket.whenClosed()).thenReturn(closed);
    when(socket.send(any(PreparedMessage.class))).thenReturn(SendResult.ACCEPTED);

    assertThat(room.join(socket).isMember()).isTrue();
    PreparedMessage news = PreparedMessage.text("news");
    room.send(news);
    verify(socket).send(news);

    closed.complete(null); // the room needs to know that, not how
    assertThat(room.size()).isZero();
  }

  @Test
  void a_real_socket_in_a_room() {
    try (TestPeer peer = TestPeer.connect(new EchoHandler())) {
      room.join(peer.socket());
      room.send(PreparedMessage.text("news"));
      assertThat(peer.receiveText()).isEqualTo("news");
    }
    assertThat(room.size()).isZero();
  }
}
