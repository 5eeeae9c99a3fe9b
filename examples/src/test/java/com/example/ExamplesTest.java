package com.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.example.fixture.Client;
import com.example.fixture.DeployedWar;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.testkit.TestPeer;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** The first steps in the README, and the ways in. */
class ExamplesTest {

  private static final int VIRTUAL_THREADS_SINCE = 21;

  private static void assertEchoes(DeployedWar application) throws Exception {
    try (application;
        Client client = Client.connect(application.port(), "/echo")) {
      client.send("hello");
      assertThat(client.next()).isEqualTo("hello");
    }
  }

  @Test
  void a_servlet_with_an_annotation() throws Exception {
    assertEchoes(DeployedWar.of(EchoServlet.class, EchoHandler.class));
  }

  @Test
  void a_descriptor_and_a_handler() throws Exception {
    String webXml = Files.readString(Path.of("src", "test", "webapp", "WEB-INF", "web.xml"));
    assertEchoes(DeployedWar.of(webXml, EchoHandler.class));
  }

  @Test
  void a_filter() throws Exception {
    assertEchoes(DeployedWar.of(ChatFilter.class, EchoHandler.class));
  }

  @Test
  void a_handler_without_a_container() {
    try (TestPeer peer = TestPeer.connect(new EchoHandler())) {
      peer.sendText("hi");
      assertThat(peer.receiveText()).isEqualTo("hi");
    }
  }

  @Test
  void a_conversation() throws Exception {
    if (Runtime.version().feature() < VIRTUAL_THREADS_SINCE) {
      assertThatThrownBy(EchoConversation::handler).hasMessageContaining("needs Java 21");
    } else {
      WebSocketHandler echo = EchoConversation.handler();
      try (TestPeer peer = TestPeer.connect(echo)) {
        peer.sendText("hello");
        assertThat(peer.receiveText()).isEqualTo("hello");
      }
    }
  }
}
