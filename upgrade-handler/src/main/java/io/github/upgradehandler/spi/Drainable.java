package io.github.upgradehandler.spi;

/** What is taken out of service together with others, so that their waiting does not add up. */
public interface Drainable {

  /** Starts ending everything, and what still comes. Does not block; nothing the second time. */
  void startDraining();

  /**
   * Waits until everything has ended, for at most its drain timeout after {@link #startDraining},
   * and ends the rest. Blocks; once.
   */
  void drain();
}
