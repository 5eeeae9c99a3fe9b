package io.github.upgradehandler;

import java.nio.ByteBuffer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/** Gives each connection a conversation, and hands it on. */
final class ConversationHandler implements WebSocketHandler {

  private final Consumer<? super Conversation> taker;
  private final Map<WebSocket, Conversation> conversations = new ConcurrentHashMap<>();

  ConversationHandler(Consumer<? super Conversation> taker) {
    this.taker = taker;
  }

  @Override
  public void onOpen(WebSocket socket) {
    Conversation conversation = new Conversation(socket);
    conversations.put(socket, conversation);
    taker.accept(conversation);
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
}
