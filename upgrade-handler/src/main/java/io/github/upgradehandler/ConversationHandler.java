package io.github.upgradehandler;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** Gives each connection a conversation, and runs it on a thread of its own. */
final class ConversationHandler implements WebSocketHandler {

  private final Executor executor;
  private final ConversationBody body;
  private final Map<WebSocket, Conversation> conversations = new ConcurrentHashMap<>();

  ConversationHandler(Executor executor, ConversationBody body) {
    this.executor = executor;
    this.body = body;
  }

  @Override
  public void onOpen(WebSocket socket) {
    Conversation conversation = new Conversation(socket);
    conversations.put(socket, conversation);
    Thread opening = Thread.currentThread();
    ClassLoader loader = opening.getContextClassLoader();
    AtomicBoolean starting = new AtomicBoolean(true);
    executor.execute(
        () -> {
          if (starting.get() && Thread.currentThread() == opening) {
            throw new IllegalStateException(
                "the executor runs a conversation on its caller's thread, which is to receive for"
                    + " it: it needs threads of its own");
          }
          run(conversation, loader);
        });
    starting.set(false);
  }

  @Override
  public void onText(WebSocket socket, String text) {
    add(socket, new Message.Text(text));
  }

  @Override
  public void onBinary(WebSocket socket, ByteBuffer payload) {
    add(socket, new Message.Binary(payload));
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    Conversation conversation = conversations.get(socket);
    if (conversation != null) {
      conversation.inbox().fail(error);
    }
  }

  @Override
  public void onClose(WebSocket socket, CloseEvent event) {
    Conversation conversation = conversations.remove(socket);
    if (conversation != null) {
      conversation.inbox().end(event);
    }
  }

  private void add(WebSocket socket, Message message) {
    Conversation conversation = conversations.get(socket);
    if (conversation != null) {
      conversation.inbox().add(message);
    }
  }

  /** With the class loader that handlers have: the executor's threads come with any. */
  private void run(Conversation conversation, @Nullable ClassLoader loader) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    thread.setContextClassLoader(loader);
    try {
      conversation.run(body);
    } finally {
      thread.setContextClassLoader(before);
    }
  }
}
