package io.github.upgradehandler.benchmarks.client;

import java.util.concurrent.CompletionStage;

/** A client that fails measures nothing: the process ends, and says why. */
final class Failures {

  private Failures() {}

  /** Ends it if the outcome is a failure. */
  static void watch(CompletionStage<?> outcome) {
    outcome.whenComplete(
        (result, failure) -> {
          if (failure != null) {
            end(failure);
          }
        });
  }

  static void end(Throwable failure) {
    failure.printStackTrace();
    Runtime.getRuntime().halt(1);
  }
}
