package io.github.upgradehandler;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * The messages that a conversation has not taken yet, and how the connection ended. Reading is
 * paused while it is full. Thread-safe; its lock is no monitor, which would pin a virtual thread
 * that waits to its carrier.
 */
final class Inbox {

  /** So many messages, or so many bytes and characters, make it full. */
  static final int MAX_MESSAGES = 64;

  static final int MAX_SIZE = 64 << 10;

  private final WebSocket socket;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Queue<Message> messages = new ArrayDeque<>();
  private long size;
  private boolean paused;
  private boolean discarding;
  private @Nullable CloseEvent end;
  private @Nullable Throwable failure;

  Inbox(WebSocket socket) {
    this.socket = socket;
  }

  /** Adds a message; for the connection's handler, which nothing calls while reading is paused. */
  void add(Message message) {
    lock.lock();
    try {
      if (discarding) {
        return;
      }
      messages.add(message);
      size += size(message);
      if (messages.size() >= MAX_MESSAGES || size >= MAX_SIZE) {
        paused = true;
        socket.pause();
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /**
   * Takes the next message, or waits for it.
   *
   * @param nanos the longest wait; zero or less for none
   * @return null if the time is over
   * @throws ConversationEndedException if the connection has ended, and every message is taken
   */
  @Nullable Message take(long nanos) throws InterruptedException {
    Message taken;
    boolean resume;
    lock.lockInterruptibly();
    try {
      long left = nanos;
      while (messages.isEmpty()) {
        if (end != null) {
          throw new ConversationEndedException(end, failure);
        }
        if (left <= 0) {
          return null;
        }
        left = changed.awaitNanos(left);
      }
      taken = messages.remove();
      size -= size(taken);
      // Not with every message: resuming reads on another thread.
      resume = paused && messages.size() <= MAX_MESSAGES / 2 && size <= MAX_SIZE / 2;
      paused &= !resume;
    } finally {
      lock.unlock();
    }
    if (resume) {
      socket.resume(); // without the lock, since handlers may run here
    }
    return taken;
  }

  /** From now on messages are dropped, so that the peer's Close frame is read. */
  void discard() {
    boolean resume;
    lock.lock();
    try {
      discarding = true;
      messages.clear();
      size = 0;
      resume = paused;
      paused = false;
    } finally {
      lock.unlock();
    }
    if (resume) {
      socket.resume();
    }
  }

  /** Something failed; {@link #end} follows. */
  void fail(Throwable cause) {
    lock.lock();
    try {
      failure = cause;
    } finally {
      lock.unlock();
    }
  }

  /** The connection has ended. */
  void end(CloseEvent event) {
    lock.lock();
    try {
      end = event;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  /** Waits for the end of the connection, whether messages are left or not. */
  ConversationEndedException awaitEnd() throws InterruptedException {
    lock.lockInterruptibly();
    try {
      while (end == null) {
        changed.await();
      }
      return new ConversationEndedException(end, failure);
    } finally {
      lock.unlock();
    }
  }

  boolean isEnded() {
    lock.lock();
    try {
      return end != null;
    } finally {
      lock.unlock();
    }
  }

  private static int size(Message message) {
    return message instanceof Message.Text text
        ? text.text().length()
        : ((Message.Binary) message).payload().remaining();
  }
}
