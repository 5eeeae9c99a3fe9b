package io.github.upgradehandler.room;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.testing.ClientFrames;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class LoggedChatTest {

  private final Peers peers = new Peers();
  private final LoggedChat chat = new LoggedChat();

  @AfterEach
  void close() {
    peers.close();
  }

  @Test
  void who_comes_back_with_a_position_gets_what_was_said_since() {
    Peers.Peer ann = peers.of("ann", chat);
    Peers.Peer bob = peers.of("bob", chat);
    String joined = bob.received().get(0);
    assertThat(joined).matches("text [0-9a-z]+\\.0 joined");
    String epoch = joined.substring("text ".length(), joined.indexOf('.'));
    ann.send(ClientFrames.text("hello"));
    assertThat(bob.received()).containsExactly("text " + epoch + ".1 hello");
    bob.vanish();
    ann.send(ClientFrames.text("still there?"));
    Peers.Peer back = peers.connect(seen(epoch + ".1"), chat);
    assertThat(back.received()).containsExactly("text " + epoch + ".2 still there?");
    Peers.Peer stranger = peers.connect(seen("elsewhere.1"), chat);
    assertThat(stranger.received()).containsExactly("text " + epoch + ".2 lost: UNKNOWN");
  }

  private static Handshake seen(String position) {
    return new Handshake.Builder("/chat").parameters(Map.of("seen", List.of(position))).build();
  }
}
