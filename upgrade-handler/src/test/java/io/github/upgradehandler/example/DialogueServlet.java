package io.github.upgradehandler.example;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.Conversation;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.Message;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * Blocking style: asks for a name, and gives up after a while; then sends back what comes, with the
 * name. A thread for each connection; from Java 21 on the executor would be {@code
 * Executors.newVirtualThreadPerTaskExecutor()}.
 */
public final class DialogueServlet extends WebSocketServlet {

  private final transient ExecutorService threads = Executors.newCachedThreadPool();
  private final transient WebSocketHandler dialogue =
      Conversation.handler(threads, DialogueServlet::converse);

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return dialogue;
  }

  private static void converse(Conversation conversation) throws InterruptedException {
    conversation.send("your name?");
    Optional<Message> name = conversation.receive(Duration.ofSeconds(2));
    if (name.isEmpty()) {
      conversation.close(CloseStatus.POLICY_VIOLATION.withReason("no name"));
      return;
    }
    String prefix = text(name.get()) + ": ";
    for (Message message : conversation) { // until the peer closes
      conversation.send(prefix + text(message));
    }
  }

  private static String text(Message message) {
    return message instanceof Message.Text text ? text.text() : "(binary)";
  }

  /** Closes the connections first, which ends their conversations. */
  @Override
  public void destroy() {
    super.destroy();
    threads.shutdown();
  }
}
