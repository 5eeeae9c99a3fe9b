package io.github.upgradehandler;

/**
 * What to do with a message for a peer that reads too slowly: one that does not fit into {@link
 * Flow#outboundLimitBytes}.
 */
public enum OverflowPolicy {
  /**
   * Close the connection with 1013 (try again later); what was accepted before is still written if
   * the peer reads.
   */
  CLOSE,
  /** Drop the new message and keep the connection; the sender sees {@link SendResult#OVERFLOW}. */
  DROP
}
