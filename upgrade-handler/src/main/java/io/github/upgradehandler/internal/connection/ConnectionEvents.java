package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.internal.work.Caller;
import io.github.upgradehandler.spi.TransportListener;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * Handles the events of one connection in order: calls its handler, and has {@link Inbound} read.
 */
final class ConnectionEvents extends SerialEvents {

  /** What the handler was told. */
  private enum Told {
    NOTHING,
    OPENED,
    ENDED
  }

  private final Lifecycle life;
  private final ConnectionGroup group;
  private final HandlerCalls handler;
  private final Inbound inbound;
  private final Outbound outbound;
  private Told told = Told.NOTHING; // confined to the thread that handles events
  private volatile @Nullable Thread readingWorker;

  ConnectionEvents(
      Lifecycle life,
      ConnectionGroup group,
      HandlerCalls handler,
      Inbound inbound,
      Outbound outbound) {
    this.life = life;
    this.group = group;
    this.handler = handler;
    this.inbound = inbound;
    this.outbound = outbound;
  }

  @Override
  void handle(int reported) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // The container's thread may have any context class loader.
    thread.setContextClassLoader(group.classLoader());
    try {
      handleInOrder(reported);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  void failed(Throwable thrown) {
    super.failed(thrown);
    life.end(thrown, Caller.EVENT_THREAD);
  }

  private void handleInOrder(int reported) {
    if ((reported & OPENED) != 0 && told == Told.NOTHING) {
      told = Told.OPENED;
      corked(handler::open);
    }
    if ((reported & BELOW_WATERMARK) != 0 && told == Told.OPENED) {
      corked(handler::drain);
    }
    if ((reported & INPUT_ENDED) != 0) {
      inbound.endOfInput();
      if (told == Told.NOTHING) { // it never started
        life.end(null, Caller.EVENT_THREAD);
      }
    }
    if ((reported & ENDED) != 0) {
      handleEnd();
    } else if (told == Told.OPENED
        && (reported & (READABLE | BELOW_WATERMARK | INPUT_ENDED)) != 0) {
      read();
    }
  }

  /** See {@link TransportListener#readOnWorker}; called by the thread that handles events. */
  void readOnWorker() {
    Executor executor = group.workers().handlers();
    goOnLater(task -> executor.execute(() -> runOnWorker(task)));
  }

  private void runOnWorker(Runnable task) {
    readingWorker = Thread.currentThread();
    try {
      task.run();
    } finally {
      readingWorker = null;
    }
  }

  boolean isReadingOnWorker() {
    return readingWorker == Thread.currentThread();
  }

  private void read() {
    if (inbound.readTurn()) {
      goOnLater(inbound.afterOthers());
    }
  }

  /** Each step is done whatever the one before has thrown. */
  private void handleEnd() {
    boolean opened = told == Told.OPENED;
    try {
      if (opened && life.failure() == null) {
        inbound.handleKept();
      }
    } finally {
      try {
        told = Told.ENDED;
        inbound.end();
      } finally {
        tellEnd(opened);
      }
    }
  }

  private void tellEnd(boolean opened) {
    CloseEvent event = outbound.event();
    try {
      life.closed(event);
      if (opened) {
        Throwable cause = life.failure();
        if (cause != null) {
          handler.error(cause);
        }
        handler.close(event);
      }
    } finally {
      group.closed(event.code());
    }
  }

  private void corked(Runnable method) {
    boolean corked = outbound.cork().begin();
    try {
      method.run();
    } finally {
      if (corked) {
        outbound.cork().end();
      }
    }
  }
}
