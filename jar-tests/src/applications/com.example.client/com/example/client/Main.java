package com.example.client;

import io.github.upgradehandler.Conversation;
import io.github.upgradehandler.client.WebSocketClient;
import java.time.Duration;

/** Says hello to a server, and shows what comes back. */
public final class Main {

  private Main() {}

  /**
   * Runs it.
   *
   * @param args the server's address
   */
  public static void main(String[] args) throws Exception {
    System.out.println(WebSocketClient.class.getModule());
    try (WebSocketClient client = WebSocketClient.create();
        Conversation conversation = client.converse(args[0])) {
      conversation.send("hello");
      System.out.println(conversation.receive(Duration.ofSeconds(10)).orElseThrow());
    }
  }
}
