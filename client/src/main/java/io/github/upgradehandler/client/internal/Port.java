package io.github.upgradehandler.client.internal;

import java.io.IOException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * A socket at its {@link IoLoop}. Each readiness is told once for each time that it was asked for.
 * Asking again before the loop goes on costs no system call. Thread-safe but for {@link #register}.
 */
final class Port {

  /** Is told of readiness, on the loop's thread. */
  interface Listener {

    /**
     * What was asked for is there.
     *
     * @param operations of {@link SelectionKey}
     */
    void ready(int operations);
  }

  private final IoLoop loop;
  private final SocketChannel channel;
  private @Nullable SelectionKey key; // guarded by the monitor
  private int wanted; // guarded by the monitor
  private volatile Listener listener;

  Port(IoLoop loop, SocketChannel channel, Listener listener) {
    this.loop = loop;
    this.channel = channel;
    this.listener = listener;
  }

  /** Begins; on the loop's thread. */
  void register() throws IOException {
    SelectionKey registered = loop.register(channel, this);
    synchronized (this) {
      key = registered;
      apply(registered);
    }
  }

  IoLoop loop() {
    return loop;
  }

  SocketChannel channel() {
    return channel;
  }

  /** Tells another from now on. */
  void tell(Listener other) {
    listener = other;
  }

  /** Asks to be told once, of operations of {@link SelectionKey}. */
  void want(int operations) {
    boolean changed;
    synchronized (this) {
      wanted |= operations;
      changed = key != null && apply(key);
    }
    if (changed) {
      loop.wakeUp();
    }
  }

  /** Something is ready; called by the loop. */
  void ready(int operations) {
    synchronized (this) {
      wanted &= ~operations;
    }
    try {
      listener.ready(operations);
    } finally {
      settle();
    }
  }

  private synchronized void settle() {
    if (key != null) {
      apply(key);
    }
  }

  /** Ends the socket in both directions; does nothing the second time, never throws. */
  void close() {
    try {
      channel.close();
    } catch (IOException e) {
      // What a socket says to its end changes nothing.
    }
    loop.wakeUp(); // a registered socket is closed when its selector has seen it
  }

  /** Guarded by the monitor; whether something was changed. */
  private boolean apply(SelectionKey registered) {
    if (!registered.isValid() || registered.interestOps() == wanted) {
      return false;
    }
    registered.interestOps(wanted);
    return true;
  }
}
