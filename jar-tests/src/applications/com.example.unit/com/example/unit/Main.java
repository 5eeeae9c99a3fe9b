package com.example.unit;

import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.testkit.TestPeer;

/** A test of a handler, with nothing there but the library and its test kit. */
final class Main {

  private Main() {}

  private static final class EchoHandler implements WebSocketHandler {

    @Override
    public void onText(WebSocket socket, String text) {
      socket.sendText(text);
    }
  }

  public static void main(String[] args) {
    System.out.println("module " + TestPeer.class.getModule().getName());
    try (TestPeer peer = TestPeer.connect(new EchoHandler())) {
      peer.sendText("hello");
      System.out.println("answer " + peer.receiveText());
    }
  }
}
