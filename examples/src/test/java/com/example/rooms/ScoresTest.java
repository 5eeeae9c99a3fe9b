package com.example.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.PreparedMessage;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.room.log.Position;
import io.github.upgradehandler.testkit.TestPeer;
import org.junit.jupiter.api.Test;

/** {@code docs/logged-rooms.md}. */
class ScoresTest {

  @Test
  void who_joins_and_who_has_lost_messages_gets_the_state() {
    Scores scores = new Scores();
    scores.room().publish(PreparedMessage.text("goal by Ann"));
    try (TestPeer ann = TestPeer.connect(joining(scores, null));
        TestPeer bob = TestPeer.connect(joining(scores, new Position("elsewhere", 3)))) {
      assertThat(ann.receiveText()).endsWith(".1 goals so far: 1");
      assertThat(bob.receiveText()).endsWith(".1 goals so far: 1");
      scores.room().publish(PreparedMessage.text("goal by Bob"));
      assertThat(ann.receiveText()).endsWith(".2 goal by Bob");
      assertThat(bob.receiveText()).endsWith(".2 goal by Bob");
    }
  }

  private static WebSocketHandler joining(Scores scores, Position seen) {
    return new WebSocketHandler() {
      @Override
      public void onOpen(WebSocket socket) {
        if (seen == null) {
          scores.room().join(socket);
        } else {
          scores.room().resume(socket, seen);
        }
      }
    };
  }
}
