package io.github.upgradehandler.faults;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import java.nio.ByteBuffer;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Sends every message back, and tells which connections opened and how they ended. */
class Echo implements WebSocketHandler {

  private static final int LONGEST_WAIT_SECONDS = 20;

  final BlockingQueue<WebSocket> opened = new LinkedBlockingQueue<>();
  final BlockingQueue<CloseEvent> closed = new LinkedBlockingQueue<>();

  @Override
  public void onOpen(WebSocket socket) {
    opened.add(socket);
  }

  @Override
  public void onText(WebSocket socket, String text) {
    socket.sendText(text);
  }

  @Override
  public void onBinary(WebSocket socket, ByteBuffer payload) {
    socket.sendBinary(payload);
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
