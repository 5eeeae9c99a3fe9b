package com.example;

import io.github.upgradehandler.Conversation;
import io.github.upgradehandler.Message;
import io.github.upgradehandler.WebSocketHandler;

/** The blocking style. */
final class EchoConversation {

  private EchoConversation() {}

  static WebSocketHandler handler() {
    WebSocketHandler echo =
        Conversation.onVirtualThreads(
            conversation -> {
              for (Message message : conversation) { // until the peer closes
                conversation.send(message);
              }
            });
    return echo;
  }
}
