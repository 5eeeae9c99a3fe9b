package com.example.server;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.github.upgradehandler.testkit.TestPeer;
import org.junit.jupiter.api.Test;

class EchoHandlerTest {

  @Test
  void a_text_comes_back() {
    try (TestPeer peer = TestPeer.connect(new EchoHandler())) {
      peer.sendText("hello");
      assertEquals("hello", peer.receiveText());
    }
  }
}
