package com.example.rooms;

import static org.assertj.core.api.Assertions.assertThat;

import com.example.fixture.Client;
import com.example.fixture.OneServlet;
import io.github.upgradehandler.guard.TokenVerifier;
import io.github.upgradehandler.testkit.TestPeer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code docs/rooms-limits-sign-in.md}. */
class RoomsTest {

  @Test
  void what_one_says_the_others_hear() {
    LobbyHandler lobby = new LobbyHandler();
    try (TestPeer ann = TestPeer.connect(lobby);
        TestPeer bob = TestPeer.connect(lobby)) {
      ann.sendText("hello");
      assertThat(bob.receiveText()).isEqualTo("hello");
      assertThat(ann.receivedSoFar()).isEmpty();
    }
  }

  @Test
  void guards_let_in_who_has_a_ticket() throws Exception {
    TokenVerifier tickets = TokenVerifier.fixed(Map.of("good", () -> "ann"));
    try (OneServlet server = OneServlet.start(new GuardedServlet(tickets));
        Client client = Client.connect(server.port(), "/?ticket=good")) {
      client.send("hello");
      assertThat(client.next()).isEqualTo("hello");
    }
  }
}
