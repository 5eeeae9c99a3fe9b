package io.github.upgradehandler.internal.connection;

import io.github.upgradehandler.CloseStatus;
import io.github.upgradehandler.Flow;
import io.github.upgradehandler.OverflowPolicy;
import io.github.upgradehandler.SendResult;
import io.github.upgradehandler.internal.protocol.Sender;
import java.io.IOException;

/** How much may wait to be sent on each connection of a group. Thread-safe. */
final class OutboundBudget {

  private final Flow flow;
  private final int heldBack; // at most, for one write to take it

  OutboundBudget(Flow flow) {
    this.flow = flow;
    this.heldBack = Math.min(BufferPool.BUFFER_BYTES - 1, flow.outboundWatermarkBytes());
  }

  /**
   * Whether so many bytes more may wait on a connection, whose lock the caller holds.
   *
   * @param buffered how many wait
   */
  SendResult admit(long length, long buffered, Sender sender) {
    if (!sender.canSend()) {
      return SendResult.CLOSED;
    }
    long waiting = buffered + sender.holdingBytes();
    return isAboveWatermark(waiting) && waiting + length > flow.outboundLimitBytes()
        ? SendResult.OVERFLOW
        : SendResult.ACCEPTED;
  }

  /**
   * Whether nothing is gained by having more wait before it is written: a write takes no more, or
   * the next message might not fit.
   */
  boolean isEnoughForOneWrite(long waiting) {
    return waiting > heldBack;
  }

  /** Whether a peer is not read from while so many bytes wait for it. */
  boolean isAboveWatermark(long waiting) {
    return waiting > flow.outboundWatermarkBytes();
  }

  /** What the policy says of a message that did not fit; without the lock. */
  void exceeded(Lifecycle life) {
    if (flow.overflowPolicy() == OverflowPolicy.CLOSE) {
      int limit = flow.outboundLimitBytes();
      life.fail(
          CloseStatus.TRY_AGAIN_LATER.withReason(
              "reading too slowly: outboundLimitBytes is " + limit),
          new IOException(
              "a message did not fit the "
                  + limit
                  + " bytes that may wait to be sent (outboundLimitBytes)"));
    }
  }
}
