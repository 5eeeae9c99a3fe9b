package io.github.upgradehandler.servlet;

import io.github.upgradehandler.CloseEvent;
import io.github.upgradehandler.WebSocket;
import io.github.upgradehandler.testing.Echo;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** An echo that tells what else happens. */
final class TellingEcho extends Echo {
  final BlockingQueue<String> events = new LinkedBlockingQueue<>();
  private volatile WebSocket opened;

  @Override
  public void onOpen(WebSocket socket) {
    opened = socket;
    events.add("open");
  }

  @Override
  public void onError(WebSocket socket, Throwable error) {
    events.add("error");
  }

  @Override
  public void onClose(WebSocket socket, CloseEvent event) {
    events.add("close " + event.code() + " by " + event.initiator());
  }

  /** The connection that opened last. */
  WebSocket socket() throws InterruptedException {
    expect("open");
    return opened;
  }

  /** Waits for an event; errors before it may be or not, as the operating system has it. */
  void expect(String event) throws InterruptedException {
    String next = events.poll(20, TimeUnit.SECONDS);
    if ("error".equals(next)) {
      next = events.poll(20, TimeUnit.SECONDS);
    }
    if (!event.equals(next)) {
      throw new AssertionError("expected: " + event + ", was: " + next);
    }
  }
}
