package io.github.upgradehandler.spi;

/**
 * What is taken out of service together with others, so that their waiting does not add up.
 * Implemented by what holds connections of any kind; called by what ends their application.
 */
public interface Drainable {

  /**
   * Starts ending everything, also what is opened later. Does not block; does nothing the second
   * time.
   */
  void startDraining();

  /**
   * Waits until everything has ended, for at most its drain timeout after {@link #startDraining},
   * and ends the rest. Blocks; to be called once.
   */
  void drain();
}
