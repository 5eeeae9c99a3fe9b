package io.github.upgradehandler.faults;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.testing.Echo;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An echo that keeps the connections that opened, and how they ended. */
class RecordedEcho extends Echo {

  private static final int LONGEST_WAIT_SECONDS = 20;

  final BlockingQueue<WebSocket> opened = new LinkedBlockingQueue<>();
  final BlockingQueue<CloseEvent> closed = new LinkedBlockingQueue<>();

  @Override
  public void onOpen(WebSocket socket) {
    opened.add(socket);
  }

  @Override
  public void onClose(WebSocket socket, CloseEvent event) {
    closed.add(event);
  }

  /** The next connection that opened. */
  final WebSocket nextOpened() throws InterruptedException {
    return next(opened, "a connection to open");
  }

  /** How the next connection ended. */
  final CloseEvent nextClosed() throws InterruptedException {
    return next(closed, "a connection to end");
  }

  private static <T> T next(BlockingQueue<T> queue, String what) throws InterruptedException {
    T next = queue.poll(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS);
    if (next == null) {
      throw new AssertionError("waited in vain for " + what);
    }
    return next;
  }
}
