package io.github.upgradehandler;

import java.time.Duration;
import java.util.Optional;

/**
 * A {@link Conversation} whose methods never throw, but say whether they worked: what could be done
 * about the failure is often nothing more than to stop. Where a thread is interrupted, it stays so,
 * and the connection is closed with 1001. Thread-safe.
 *
 * <pre>{@code
 * Optional<Message> message;
 * while ((message = quiet.receive()).isPresent() && quiet.send(message.get())) {}
 * }</pre>
 */
public final class QuietConversation {

  private final Conversation conversation;

  QuietConversation(Conversation conversation) {
    this.conversation = conversation;
  }

  /** Waits for the next message, see {@link Conversation#receive()}; empty if none will come. */
  public Optional<Message> receive() {
    return attempt(() -> Optional.of(conversation.receive()), Optional.empty());
  }

  /**
   * Waits for the next message, for some time.
   *
   * @return empty if none has come in time, or none will: {@link #isOver} says which
   */
  public Optional<Message> receive(Duration longest) {
    return attempt(() -> conversation.receive(longest), Optional.empty());
  }

  /**
   * Sends a text message, see {@link Conversation#send(String)}; false if that was not possible.
   */
  public boolean send(String text) {
    return send(new Message.Text(text));
  }

  /** Sends a binary message; false if that was not possible. */
  public boolean send(byte[] payload) {
    return send(new Message.Binary(payload));
  }

  /** Sends a message; false if that was not possible. */
  public boolean send(Message message) {
    return attempt(
        () -> {
          conversation.send(message);
          return true;
        },
        false);
  }

  /** Sends a message; false if that was not possible in time, and nothing of it is sent. */
  public boolean send(Message message, Duration longest) {
    return attempt(() -> conversation.send(message, longest), false);
  }

  /** Whether the connection has ended; messages that came before may still be received. */
  public boolean isOver() {
    return conversation.inbox().isEnded();
  }

  /** Starts the closing handshake with 1000; does nothing if it has begun. */
  public void close() {
    conversation.close();
  }

  /** The one that throws. */
  public Conversation conversation() {
    return conversation;
  }

  private interface Attempt<T> {
    T make() throws InterruptedException;
  }

  private static <T> T attempt(Attempt<T> attempt, T failed) {
    try {
      return attempt.make();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return failed;
    } catch (ConversationEndedException | IllegalArgumentException e) {
      return failed; // the end, or a text that has no UTF-8
    }
  }
}
