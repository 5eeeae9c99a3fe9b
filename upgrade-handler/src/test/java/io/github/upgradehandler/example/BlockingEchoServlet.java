package io.github.upgradehandler.example;

import io.github.upgradehandler.Conversation;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.Message;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.util.concurrent.Executors;

/**
 * Blocking style for many clients: an echo with a virtual thread for each connection, and with a
 * platform thread where Java is older than 21.
 */
public final class BlockingEchoServlet extends WebSocketServlet {

  private final transient WebSocketHandler echo =
      Runtime.version().feature() >= 21
          ? Conversation.onVirtualThreads(BlockingEchoServlet::echo)
          : Conversation.handler(Executors.newCachedThreadPool(), BlockingEchoServlet::echo);

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return echo;
  }

  private static void echo(Conversation conversation) throws InterruptedException {
    for (Message message : conversation) { // until the peer closes
      conversation.send(message);
    }
  }
}
