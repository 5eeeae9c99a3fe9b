package io.github.upgradehandler;

import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Supplier;

/** Sends for a conversation, and waits while too much waits to be sent. Thread-safe. */
final class ConversationSender {

  private final WebSocket socket;
  private final Inbox inbox;

  ConversationSender(WebSocket socket, Inbox inbox) {
    this.socket = socket;
    this.inbox = inbox;
  }

  /**
   * Sends when it may.
   *
   * @param nanos the longest wait; zero or less for none
   * @return false if the time is over
   * @throws ConversationEndedException if the connection has ended
   */
  boolean send(Supplier<SendResult> sending, long nanos) throws InterruptedException {
    if (Thread.interrupted()) {
      throw new InterruptedException();
    }
    long begin = System.nanoTime();
    if (!awaitBelowWatermark(begin, nanos)) {
      return false;
    }
    while (!sending.get().isAccepted()) {
      if (!socket.isOpen()) {
        throw inbox.awaitEnd();
      }
      // Others have sent meanwhile, and what does not fit is dropped.
      if (!awaitSent(begin, nanos) || !awaitBelowWatermark(begin, nanos)) {
        return false;
      }
    }
    return true;
  }

  private boolean awaitBelowWatermark(long begin, long nanos) throws InterruptedException {
    while (socket.isAboveWatermark() && !isEnded()) {
      if (!awaitSent(begin, nanos)) {
        return false;
      }
    }
    return true;
  }

  private boolean isEnded() {
    return socket.state() == ConnectionState.CLOSED;
  }

  /** Waits until everything is sent, or the connection has ended; false if the time is over. */
  private boolean awaitSent(long begin, long nanos) throws InterruptedException {
    try {
      long left = nanos - (System.nanoTime() - begin);
      socket.whenSent().toCompletableFuture().get(Math.max(left, 0), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException e) {
      return true; // what follows sees that it has ended
    }
  }
}
