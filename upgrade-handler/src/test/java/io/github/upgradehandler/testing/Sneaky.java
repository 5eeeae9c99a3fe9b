package io.github.upgradehandler.testing;

/** Throws what the compiler would not let pass. */
public final class Sneaky {

  private Sneaky() {}

  public static void rethrow(Throwable thrown) {
    Sneaky.<RuntimeException>as(thrown);
  }

  @SuppressWarnings("unchecked")
  private static <T extends Throwable> void as(Throwable thrown) throws T {
    throw (T) thrown;
  }
}
