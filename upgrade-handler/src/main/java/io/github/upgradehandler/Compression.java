package io.github.upgradehandler;

/** Whether and how messages are compressed (permessage-deflate, RFC 7692). Immutable. */
public final class Compression {

  /** Nothing is compressed. */
  public static final Compression OFF = new Compression(false, 1024, 6, false);

  private final boolean enabled;
  private final int threshold;
  private final int level;
  private final boolean contextTakeover;

  private Compression(boolean enabled, int threshold, int level, boolean contextTakeover) {
    this.enabled = enabled;
    this.threshold = threshold;
    this.level = level;
    this.contextTakeover = contextTakeover;
  }

  /** Whether messages are compressed with peers that can. Default false. */
  public boolean isEnabled() {
    return enabled;
  }

  /**
   * Messages of fewer bytes are sent as they are; a fragmented one is judged by its first fragment.
   * Default 1024.
   */
  public int threshold() {
    return threshold;
  }

  /** From 1, fast, to 9, small; 0 does not compress. Default 6. */
  public int level() {
    return level;
  }

  /**
   * Whether what is sent may build on what was sent before (RFC 7692 section 7.1.1). Makes small
   * messages smaller, and costs each connection some 256 KiB of native memory for as long as it
   * lives. Default false. A client decides for what it sends: of one that keeps its context, up to
   * 32 KiB of what it has sent are remembered.
   */
  public boolean contextTakeover() {
    return contextTakeover;
  }

  /** The same, on or off. */
  public Compression withEnabled(boolean value) {
    return new Compression(value, threshold, level, contextTakeover);
  }

  /** The same with another {@link #threshold}, from 0. */
  public Compression withThreshold(int value) {
    return new Compression(
        enabled,
        OptionCheck.between("compressionThreshold", 0, Integer.MAX_VALUE, value),
        level,
        contextTakeover);
  }

  /** The same with another {@link #level}, from 0 to 9. */
  public Compression withLevel(int value) {
    return new Compression(
        enabled, threshold, OptionCheck.between("compressionLevel", 0, 9, value), contextTakeover);
  }

  /** The same with another {@link #contextTakeover}. */
  public Compression withContextTakeover(boolean value) {
    return new Compression(enabled, threshold, level, value);
  }
}
