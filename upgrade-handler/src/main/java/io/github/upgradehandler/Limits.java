package io.github.upgradehandler;

/**
 * How large what a peer sends may be. A message that goes beyond closes its connection, and no
 * other. Immutable.
 */
public final class Limits {

  /** 65,536 bytes for a message and for a frame, 1,024 fragments. */
  public static final Limits DEFAULTS = new Limits(64 << 10, Long.MAX_VALUE, 1024);

  /** Sums of bounds do not overflow. */
  private static final long LARGEST = 1L << 62;

  /** The largest payload of a control frame (RFC 6455 section 5.5), which must always fit. */
  static final int CONTROL_FRAME_BYTES = 125;

  private final long maxMessageBytes;
  private final long maxFrameBytes;
  private final int maxFragments;

  private Limits(long maxMessageBytes, long maxFrameBytes, int maxFragments) {
    this.maxMessageBytes = maxMessageBytes;
    this.maxFrameBytes = maxFrameBytes;
    this.maxFragments = maxFragments;
  }

  /** Largest message in bytes, after all fragments; larger ones close with 1009. Default 65536. */
  public long maxMessageBytes() {
    return maxMessageBytes;
  }

  /** Largest frame in bytes; larger ones close with 1009. Default: as maxMessageBytes. */
  public long maxFrameBytes() {
    return Math.min(maxFrameBytes, maxMessageBytes);
  }

  /** Most fragments of one message; more close with 1008. Default 1024. */
  public int maxFragments() {
    return maxFragments;
  }

  /** The same with another {@link #maxMessageBytes}, from 1 to 2^62. */
  public Limits withMaxMessageBytes(long value) {
    return new Limits(
        OptionCheck.between("maxMessageBytes", 1, LARGEST, value), maxFrameBytes, maxFragments);
  }

  /** The same with another {@link #maxFrameBytes}, from 125 to 2^62. */
  public Limits withMaxFrameBytes(long value) {
    return new Limits(
        maxMessageBytes,
        OptionCheck.between("maxFrameBytes", CONTROL_FRAME_BYTES, LARGEST, value),
        maxFragments);
  }

  /** The same with another {@link #maxFragments}, from 1. */
  public Limits withMaxFragments(int value) {
    return new Limits(
        maxMessageBytes,
        maxFrameBytes,
        OptionCheck.between("maxFragments", 1, Integer.MAX_VALUE, value));
  }

  @Override
  public String toString() {
    return "maxMessageBytes="
        + maxMessageBytes
        + ", maxFrameBytes="
        + maxFrameBytes()
        + ", maxFragments="
        + maxFragments;
  }
}
