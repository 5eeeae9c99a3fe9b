package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.internal.work.Caller;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/** What happens to one connection, in order: calls its handler, and has {@link Inbound} read. */
final class ConnectionEvents extends SerialEvents {

  private final Connection connection;
  private final HandlerCalls handler;
  private final Inbound inbound;
  private final Outbound outbound;
  private boolean opened;
  private volatile @Nullable Thread readingWorker;

  ConnectionEvents(
      Connection connection, HandlerCalls handler, Inbound inbound, Outbound outbound) {
    this.connection = connection;
    this.handler = handler;
    this.inbound = inbound;
    this.outbound = outbound;
  }

  @Override
  void handle(int reported) {
    Thread thread = Thread.currentThread();
    ClassLoader before = thread.getContextClassLoader();
    // The container's thread comes with any class loader.
    thread.setContextClassLoader(connection.group().classLoader());
    try {
      handleInOrder(reported);
    } finally {
      thread.setContextClassLoader(before);
    }
  }

  @Override
  void failed(Throwable thrown) {
    super.failed(thrown);
    connection.end(thrown, Caller.EVENT_THREAD);
  }

  private void handleInOrder(int reported) {
    if ((reported & OPENED) != 0 && !inbound.isEnded()) {
      opened = true;
      corked(handler::open);
    }
    if ((reported & DRAINED) != 0 && !inbound.isEnded()) {
      corked(handler::drain);
    }
    if ((reported & INPUT_ENDED) != 0) {
      inbound.endOfInput();
      if (!opened) { // it never started
        connection.end(null, Caller.EVENT_THREAD);
      }
    }
    if ((reported & ENDED) != 0) {
      handleEnd();
    } else if (opened && (reported & (READABLE | DRAINED | INPUT_ENDED)) != 0) {
      read();
    }
  }

  /** See {@link Connection#readOnWorker}; for the thread at work. */
  void readOnWorker(Executor executor) {
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
      goOnLater(connection.afterOthers());
    }
  }

  /** Each step comes whatever the one before has thrown. */
  private void handleEnd() {
    try {
      if (opened && connection.failure() == null) {
        inbound.handleKept();
      }
    } finally {
      try {
        inbound.end();
      } finally {
        tellEnd();
      }
    }
  }

  private void tellEnd() {
    CloseEvent event = outbound.event();
    try {
      connection.completeClosed(event);
      if (opened) {
        Throwable cause = connection.failure();
        if (cause != null) {
          handler.error(cause);
        }
        handler.close(event);
      }
    } finally {
      connection.group().closed(event.code());
    }
  }

  private void corked(Runnable method) {
    @Nullable List<Outbound> cork = Cork.begin(outbound);
    try {
      method.run();
    } finally {
      Cork.end(cork);
    }
  }
}
