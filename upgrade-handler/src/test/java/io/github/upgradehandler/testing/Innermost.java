package io.github.upgradehandler.testing;

/** What containers show of a failure. */
public final class Innermost {

  private Innermost() {}

  public static Throwable of(Throwable thrown) {
    Throwable innermost = thrown;
    while (innermost.getCause() != null) {
      innermost = innermost.getCause();
    }
    return innermost;
  }
}
