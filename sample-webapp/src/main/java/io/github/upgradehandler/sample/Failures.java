package io.github.upgradehandler.sample;

import java.util.concurrent.CompletionException;

/** What stages report. */
public final class Failures {

  private Failures() {}

  /** Without what stages have put around it. */
  public static Throwable cause(Throwable failure) {
    return failure instanceof CompletionException && failure.getCause() != null
        ? failure.getCause()
        : failure;
  }
}
