package io.github.upgradehandler.servlet.container;

import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;

/**
 * Says how the container has ended an asynchronous response. Public and with a constructor without
 * parameters, since there are containers that look through a web application for such listeners,
 * prepare to make instances of each class, and warn of one that they could not make.
 */
public final class ResponseEnd implements AsyncListener {

  private final Runnable completed;
  private final Runnable timedOut;
  private final Runnable failed;

  /** For the container; says nothing to anybody. */
  public ResponseEnd() {
    this(() -> {}, () -> {}, () -> {});
  }

  ResponseEnd(Runnable completed, Runnable timedOut, Runnable failed) {
    this.completed = completed;
    this.timedOut = timedOut;
    this.failed = failed;
  }

  @Override
  public void onComplete(AsyncEvent event) {
    completed.run();
  }

  @Override
  public void onTimeout(AsyncEvent event) {
    timedOut.run();
  }

  @Override
  public void onError(AsyncEvent event) {
    failed.run();
  }

  @Override
  public void onStartAsync(AsyncEvent event) {}
}
