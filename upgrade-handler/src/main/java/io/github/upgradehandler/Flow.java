package io.github.upgradehandler;

/** How far a peer may fall behind with reading what is sent to it. Immutable. */
public final class Flow {

  /** A watermark of 65,536 bytes, a limit of 524,288, and {@link OverflowPolicy#CLOSE}. */
  public static final Flow DEFAULTS = new Flow(64 << 10, 512 << 10, OverflowPolicy.CLOSE);

  private final int watermarkBytes;
  private final int limitBytes;
  private final OverflowPolicy overflowPolicy;

  private Flow(int watermarkBytes, int limitBytes, OverflowPolicy overflowPolicy) {
    this.watermarkBytes = watermarkBytes;
    this.limitBytes = limitBytes;
    this.overflowPolicy = overflowPolicy;
  }

  /**
   * Bytes waiting to be sent above which nothing more is read from the peer; when they fall back to
   * it, {@link WebSocketHandler#onDrain} is called. Default 65536.
   */
  public int outboundWatermarkBytes() {
    return watermarkBytes;
  }

  /**
   * Most bytes waiting to be sent. A message that would go beyond is treated by {@link
   * #overflowPolicy}, unless what waits is within {@link #outboundWatermarkBytes}: so a message
   * larger than this bound can be sent, one at a time. Default 524288.
   */
  public int outboundLimitBytes() {
    return limitBytes;
  }

  /** What happens to a message that does not fit. Default {@link OverflowPolicy#CLOSE}. */
  public OverflowPolicy overflowPolicy() {
    return overflowPolicy;
  }

  /** The same with another {@link #outboundWatermarkBytes}, from 1. */
  public Flow withOutboundWatermarkBytes(int value) {
    return new Flow(
        OptionCheck.between("outboundWatermarkBytes", 1, Integer.MAX_VALUE, value),
        limitBytes,
        overflowPolicy);
  }

  /** The same with another {@link #outboundLimitBytes}, from 1. */
  public Flow withOutboundLimitBytes(int value) {
    return new Flow(
        watermarkBytes,
        OptionCheck.between("outboundLimitBytes", 1, Integer.MAX_VALUE, value),
        overflowPolicy);
  }

  /** The same with another {@link #overflowPolicy}. */
  public Flow withOverflowPolicy(OverflowPolicy value) {
    return new Flow(watermarkBytes, limitBytes, value);
  }

  /** Checks the two bounds against each other. */
  Flow checked() {
    if (watermarkBytes > limitBytes) {
      throw new OptionException(
          "outboundWatermarkBytes", watermarkBytes + " is above outboundLimitBytes " + limitBytes);
    }
    return this;
  }
}
