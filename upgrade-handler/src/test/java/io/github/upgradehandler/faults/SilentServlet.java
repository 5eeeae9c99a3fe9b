package io.github.upgradehandler.faults;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.Handshake;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.WebSocketHandler;
import io.github.upgradehandler.servlet.WebSocketServlet;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** Says nothing, and blocks when a connection has ended until it is released. */
public final class SilentServlet extends WebSocketServlet {

  private final transient CountDownLatch released = new CountDownLatch(1);
  private final AtomicInteger ended = new AtomicInteger();

  @Override
  protected WebSocketHandler accept(Handshake handshake) {
    return new WebSocketHandler() {
      @Override
      public void onClose(WebSocket socket, CloseEvent event) {
        FaultTest.await(released);
        if (event.code() == 1006) {
          ended.incrementAndGet();
        }
      }
    };
  }

  /** How many handlers were told that their connection is lost, and have returned. */
  int ended() {
    return ended.get();
  }

  /** Lets handlers return; how many waited is not known. */
  int release() {
    released.countDown();
    return ended.get();
  }
}
