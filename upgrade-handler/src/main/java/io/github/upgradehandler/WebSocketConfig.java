package io.github.upgradehandler;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The bounds and habits of an endpoint's connections. Immutable. Every name here is also the name
 * of a servlet init-param, see {@link #builder} and {@link Builder#set}.
 *
 * <p>A bound that is reached closes the connection concerned, and no other.
 */
public final class WebSocketConfig {

  /** Leaves room to reckon with sums of bounds. */
  private static final long LARGEST_BOUND = 1L << 62;

  private final Builder values;

  private WebSocketConfig(Builder values) {
    this.values = values;
  }

  /** A builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** All defaults. */
  public static WebSocketConfig defaults() {
    return builder().build();
  }

  /** Largest message in bytes, after all fragments; larger ones close with 1009. Default 65536. */
  public long maxMessageBytes() {
    return values.maxMessageBytes;
  }

  /** Largest frame in bytes; larger ones close with 1009. Default: as maxMessageBytes. */
  public long maxFrameBytes() {
    return values.maxFrameBytes < 0
        ? values.maxMessageBytes
        : Math.min(values.maxFrameBytes, values.maxMessageBytes);
  }

  /** Most fragments of one message; more close with 1008. Default 1024. */
  public int maxFragments() {
    return values.maxFragments;
  }

  /**
   * Bytes waiting to be sent above which nothing more is read from the peer, and at whose passing
   * downwards {@link WebSocketHandler#onDrain} comes. Default 65536.
   */
  public int outboundWatermarkBytes() {
    return values.outboundWatermarkBytes;
  }

  /**
   * Most bytes waiting to be sent. A message that would go beyond is treated by {@link
   * #overflowPolicy}, unless what waits is within {@link #outboundWatermarkBytes}: so a message
   * larger than this bound can be sent, one at a time. Default 524288.
   */
  public int outboundLimitBytes() {
    return values.outboundLimitBytes;
  }

  /** What happens to a message that does not fit. Default {@link OverflowPolicy#CLOSE}. */
  public OverflowPolicy overflowPolicy() {
    return values.overflowPolicy;
  }

  /** How long sending may make no progress before the connection is aborted. Default 10 s. */
  public Duration sendTimeout() {
    return values.sendTimeout;
  }

  /** Silence of the peer after which a ping is sent; zero for never. Default 20 s. */
  public Duration pingInterval() {
    return values.pingInterval;
  }

  /** How long after a ping the peer may stay silent before it is given up. Default 20 s. */
  public Duration pongTimeout() {
    return values.pongTimeout;
  }

  /**
   * How long the peer may take over a frame that it has begun, anew for every 64 KiB of it, before
   * the connection is closed with 1008; zero for ever. Default 30 s.
   */
  public Duration frameTimeout() {
    return values.frameTimeout;
  }

  /** How long the peer may take to answer a Close frame before TCP is ended. Default 10 s. */
  public Duration closeTimeout() {
    return values.closeTimeout;
  }

  /** How long undeploying waits for the connections' closing handshakes. Default 5 s. */
  public Duration drainTimeout() {
    return values.drainTimeout;
  }

  /** The code for connections closed by undeploying, 1001 or 1012. Default 1001. */
  public int drainCode() {
    return values.drainCode;
  }

  /** The subprotocols spoken, best first; the first one that the client offers too is chosen. */
  public List<String> subprotocols() {
    return values.subprotocols;
  }

  /**
   * Origins let in beside the server's own, such as {@code https://app.example}, compared exactly;
   * {@code *} for all. Default none.
   */
  public List<String> allowedOrigins() {
    return values.allowedOrigins;
  }

  /** Whether a client without an Origin header, so not a browser, is refused. Default false. */
  public boolean originRequired() {
    return values.originRequired;
  }

  /**
   * Whether connections that were opened with an HTTP session are closed with 1008 when it ends, by
   * logging out or by its timeout: messages do not keep a session alive. Default false.
   */
  public boolean closeWithSession() {
    return values.closeWithSession;
  }

  /** Whether messages are compressed with clients that can (RFC 7692). Default false. */
  public boolean compression() {
    return values.compression;
  }

  /**
   * Messages of fewer bytes are sent as they are; a fragmented one is judged by its first fragment.
   * Default 1024.
   */
  public int compressionThreshold() {
    return values.compressionThreshold;
  }

  /** From 1, fast, to 9, small; 0 does not compress. Default 6. */
  public int compressionLevel() {
    return values.compressionLevel;
  }

  /**
   * Whether messages may build on the ones before (RFC 7692 section 7.1.1). Makes small messages
   * smaller, and costs each connection some 300 KiB of native memory for as long as it lives.
   * Default false.
   */
  public boolean compressionContextTakeover() {
    return values.compressionContextTakeover;
  }

  /** Where handlers run; null for the container's thread that read the message. Default null. */
  public @Nullable Executor executor() {
    return values.executor;
  }

  /** Who decides about handshakes before the application, in this order. Default none. */
  public List<Guard> guards() {
    return values.guards;
  }

  /** Sets what differs from the defaults. Not for several threads. */
  public static final class Builder implements Cloneable {
    private long maxMessageBytes = 64 << 10;
    private long maxFrameBytes = -1;
    private int maxFragments = 1024;
    private int outboundWatermarkBytes = 64 << 10;
    private int outboundLimitBytes = 512 << 10;
    private OverflowPolicy overflowPolicy = OverflowPolicy.CLOSE;
    private Duration sendTimeout = Duration.ofSeconds(10);
    private Duration pingInterval = Duration.ofSeconds(20);
    private Duration pongTimeout = Duration.ofSeconds(20);
    private Duration frameTimeout = Duration.ofSeconds(30);
    private Duration closeTimeout = Duration.ofSeconds(10);
    private Duration drainTimeout = Duration.ofSeconds(5);
    private int drainCode = CloseStatus.GOING_AWAY.code();
    private List<String> subprotocols = List.of();
    private List<String> allowedOrigins = List.of();
    private boolean originRequired;
    private boolean closeWithSession;
    private boolean compression;
    private int compressionThreshold = 1024;
    private int compressionLevel = 6;
    private boolean compressionContextTakeover;
    private @Nullable Executor executor;
    private List<Guard> guards = List.of();

    private Builder() {}

    /**
     * Sets an option by its name from text, as a servlet's init-param does: numbers in decimal;
     * times as {@code 500ms}, {@code 20s}, {@code 2m}, {@code 1h} or {@code 0}; lists separated by
     * commas; {@code true} or {@code false}.
     *
     * @throws IllegalArgumentException if there is no such option or the value does not fit it; the
     *     message names both
     */
    public Builder set(String name, String value) {
      return ConfigOption.named(name).apply(this, value);
    }

    /** Sets {@link WebSocketConfig#maxMessageBytes}, from 1 to 2^62. */
    public Builder maxMessageBytes(long value) {
      maxMessageBytes = ConfigCheck.between(1, LARGEST_BOUND, value);
      return this;
    }

    /** Sets {@link WebSocketConfig#maxFrameBytes}, from 125: a control frame must fit. */
    public Builder maxFrameBytes(long value) {
      maxFrameBytes = ConfigCheck.between(125, LARGEST_BOUND, value);
      return this;
    }

    /** Sets {@link WebSocketConfig#maxFragments}, from 1. */
    public Builder maxFragments(int value) {
      maxFragments = ConfigCheck.between(1, Integer.MAX_VALUE, value);
      return this;
    }

    /** Sets {@link WebSocketConfig#outboundWatermarkBytes}, from 1. */
    public Builder outboundWatermarkBytes(int value) {
      outboundWatermarkBytes = ConfigCheck.between(1, Integer.MAX_VALUE, value);
      return this;
    }

    /** Sets {@link WebSocketConfig#outboundLimitBytes}, from 1. */
    public Builder outboundLimitBytes(int value) {
      outboundLimitBytes = ConfigCheck.between(1, Integer.MAX_VALUE, value);
      return this;
    }

    /** Sets {@link WebSocketConfig#overflowPolicy}. */
    public Builder overflowPolicy(OverflowPolicy value) {
      overflowPolicy = value;
      return this;
    }

    /** Sets {@link WebSocketConfig#sendTimeout}, above zero. */
    public Builder sendTimeout(Duration value) {
      sendTimeout = ConfigCheck.positive(value);
      return this;
    }

    /** Sets {@link WebSocketConfig#pingInterval}; zero for no heartbeat. */
    public Builder pingInterval(Duration value) {
      pingInterval = ConfigCheck.notNegative(value);
      return this;
    }

    /** Sets {@link WebSocketConfig#pongTimeout}, above zero. */
    public Builder pongTimeout(Duration value) {
      pongTimeout = ConfigCheck.positive(value);
      return this;
    }

    /** Sets {@link WebSocketConfig#frameTimeout}; zero for no deadline. */
    public Builder frameTimeout(Duration value) {
      frameTimeout = ConfigCheck.notNegative(value);
      return this;
    }

    /** Sets {@link WebSocketConfig#closeTimeout}, above zero. */
    public Builder closeTimeout(Duration value) {
      closeTimeout = ConfigCheck.positive(value);
      return this;
    }

    /** Sets {@link WebSocketConfig#drainTimeout}; zero to end connections at once. */
    public Builder drainTimeout(Duration value) {
      drainTimeout = ConfigCheck.notNegative(value);
      return this;
    }

    /** Sets {@link WebSocketConfig#drainCode}: 1001 or 1012. */
    public Builder drainCode(int value) {
      if (value != CloseStatus.GOING_AWAY.code() && value != CloseStatus.SERVICE_RESTART.code()) {
        throw new IllegalArgumentException("must be 1001 or 1012, not " + value);
      }
      drainCode = value;
      return this;
    }

    /** Sets {@link WebSocketConfig#subprotocols}: tokens, each once. */
    public Builder subprotocols(List<String> value) {
      subprotocols = ConfigCheck.distinctTokens(value);
      return this;
    }

    /** Sets {@link WebSocketConfig#allowedOrigins}. */
    public Builder allowedOrigins(List<String> value) {
      allowedOrigins = ConfigCheck.origins(value);
      return this;
    }

    /** Sets {@link WebSocketConfig#originRequired}. */
    public Builder originRequired(boolean value) {
      originRequired = value;
      return this;
    }

    /** Sets {@link WebSocketConfig#closeWithSession}. */
    public Builder closeWithSession(boolean value) {
      closeWithSession = value;
      return this;
    }

    /** Sets {@link WebSocketConfig#compression}. */
    public Builder compression(boolean value) {
      compression = value;
      return this;
    }

    /** Sets {@link WebSocketConfig#compressionThreshold}, from 0. */
    public Builder compressionThreshold(int value) {
      compressionThreshold = ConfigCheck.between(0, Integer.MAX_VALUE, value);
      return this;
    }

    /** Sets {@link WebSocketConfig#compressionLevel}, from 0 to 9. */
    public Builder compressionLevel(int value) {
      compressionLevel = ConfigCheck.between(0, 9, value);
      return this;
    }

    /** Sets {@link WebSocketConfig#compressionContextTakeover}. */
    public Builder compressionContextTakeover(boolean value) {
      compressionContextTakeover = value;
      return this;
    }

    /**
     * Sets {@link WebSocketConfig#executor}. As an init-param {@code container}, which is the
     * default, or {@code virtual}: a virtual thread for what there is to handle, from Java 21 on.
     */
    public Builder executor(@Nullable Executor value) {
      executor = value;
      return this;
    }

    /** Sets {@link WebSocketConfig#guards}; no init-param, since they are objects. */
    public Builder guards(Guard... value) {
      guards = List.of(value);
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException if the watermark is above the outbound limit
     */
    public WebSocketConfig build() {
      if (outboundWatermarkBytes > outboundLimitBytes) {
        throw new IllegalArgumentException(
            "outboundWatermarkBytes "
                + outboundWatermarkBytes
                + " is above outboundLimitBytes "
                + outboundLimitBytes);
      }
      return new WebSocketConfig(copy());
    }

    private Builder copy() {
      try {
        return (Builder) clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
