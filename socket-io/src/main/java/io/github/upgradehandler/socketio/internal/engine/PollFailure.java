package io.github.upgradehandler.socketio.internal.engine;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Is told that the client of a poll is gone. Public and with a constructor without parameters,
 * since WildFly looks through a web application for such listeners, prepares to make instances of
 * each class, and warns of one that it could not make (WFLYEE0007).
 */
public final class PollFailure implements AsyncListener {

  private final Runnable failed;

  /** For the container; tells nobody. */
  public PollFailure() {
    this(() -> {});
  }

  PollFailure(Runnable failed) {
    this.failed = failed;
  }

  @Override
  public void onError(AsyncEvent event) {
    failed.run();
  }

  @Override
  public void onComplete(AsyncEvent event) {}

  @Override
  public void onTimeout(AsyncEvent event) {}

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
