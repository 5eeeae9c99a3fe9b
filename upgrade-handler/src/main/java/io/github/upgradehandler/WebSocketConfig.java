package io.github.upgradehandler;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executor;
import org.jspecify.annotations.Nullable;

/**
 * The bounds and habits of a servlet's connections. Immutable. Every option is set by a method of
 * {@link Builder} or from text by its name, as a servlet's init-params are, see {@link
 * Builder#set}.
 *
 * <p>A bound that is reached closes the connection concerned, and no other.
 */
public final class WebSocketConfig {

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

  /** A builder that holds these values. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /** How large what a peer sends may be, unless a connection has limits of its own. */
  public Limits limits() {
    return values.limits;
  }

  /** How far a peer may fall behind with reading. */
  public Flow flow() {
    return values.flow;
  }

  /** How long a peer may take. */
  public Timeouts timeouts() {
    return values.timeouts;
  }

  /** Whether and how messages are compressed. */
  public Compression compression() {
    return values.compression;
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
   * logging out or by its timeout: messages do not keep a session alive, unless {@link
   * #messagesUseSession} is set. Default false.
   */
  public boolean closeWithSession() {
    return values.closeWithSession;
  }

  /**
   * Whether what a peer sends, but for pings and pongs, counts as use of its HTTP session, which
   * then does not time out under it. Default false.
   */
  public boolean messagesUseSession() {
    return values.messagesUseSession;
  }

  /**
   * Whether the Close frame with which this side ends a connection that breaks the protocol, a
   * bound or a deadline says why in words, besides its status code. Default true.
   */
  public boolean closeReasons() {
    return values.closeReasons;
  }

  /** Where handlers run; null for the container's thread that read the message. Default null. */
  public @Nullable Executor executor() {
    return values.executor;
  }

  /**
   * The guards that decide about handshakes before the application, in this order. Default none.
   */
  public List<Guard> guards() {
    return values.guards;
  }

  /** Sets what differs from the defaults. Not thread-safe. */
  public static final class Builder {

    private static final Options<Builder> OPTIONS =
        new Options<Builder>()
            .with("maxMessageBytes", OptionKinds::number, Builder::maxMessageBytes)
            .with("maxFrameBytes", OptionKinds::number, Builder::maxFrameBytes)
            .with("maxFragments", OptionKinds::integer, Builder::maxFragments)
            .with("outboundWatermarkBytes", OptionKinds::integer, Builder::outboundWatermarkBytes)
            .with("outboundLimitBytes", OptionKinds::integer, Builder::outboundLimitBytes)
            .with("overflowPolicy", OptionKinds::policy, Builder::overflowPolicy)
            .with("sendTimeout", OptionKinds::duration, Builder::sendTimeout)
            .with("pingInterval", OptionKinds::duration, Builder::pingInterval)
            .with("pongTimeout", OptionKinds::duration, Builder::pongTimeout)
            .with("frameTimeout", OptionKinds::duration, Builder::frameTimeout)
            .with("closeTimeout", OptionKinds::duration, Builder::closeTimeout)
            .with("drainTimeout", OptionKinds::duration, Builder::drainTimeout)
            .with("drainCode", OptionKinds::integer, Builder::drainCode)
            .with("subprotocols", OptionKinds::list, Builder::subprotocols)
            .with("executor", ExecutorOption::of, ExecutorOption::set)
            .with("allowedOrigins", OptionKinds::list, Builder::allowedOrigins)
            .with("originRequired", OptionKinds::bool, Builder::originRequired)
            .with("closeWithSession", OptionKinds::bool, Builder::closeWithSession)
            .with("messagesUseSession", OptionKinds::bool, Builder::messagesUseSession)
            .with("closeReasons", OptionKinds::bool, Builder::closeReasons)
            .with("compression", OptionKinds::bool, Builder::compression)
            .with("compressionThreshold", OptionKinds::integer, Builder::compressionThreshold)
            .with("compressionLevel", OptionKinds::integer, Builder::compressionLevel)
            .with(
                "compressionContextTakeover",
                OptionKinds::bool,
                Builder::compressionContextTakeover);

    private Limits limits = Limits.DEFAULTS;
    private Flow flow = Flow.DEFAULTS;
    private Timeouts timeouts = Timeouts.DEFAULTS;
    private Compression compression = Compression.OFF;
    private Duration drainTimeout = Duration.ofSeconds(5);
    private int drainCode = CloseStatus.GOING_AWAY.code();
    private List<String> subprotocols = List.of();
    private List<String> allowedOrigins = List.of();
    private boolean originRequired;
    private boolean closeWithSession;
    private boolean messagesUseSession;
    private boolean closeReasons = true;
    private @Nullable Executor executor;
    private List<Guard> guards = List.of();

    private Builder() {}

    private Builder(Builder other) {
      limits = other.limits;
      flow = other.flow;
      timeouts = other.timeouts;
      compression = other.compression;
      drainTimeout = other.drainTimeout;
      drainCode = other.drainCode;
      subprotocols = other.subprotocols;
      allowedOrigins = other.allowedOrigins;
      originRequired = other.originRequired;
      closeWithSession = other.closeWithSession;
      messagesUseSession = other.messagesUseSession;
      closeReasons = other.closeReasons;
      executor = other.executor;
      guards = other.guards;
    }

    /** The names that {@link #set} takes. */
    public static Set<String> optionNames() {
      return OPTIONS.names();
    }

    /**
     * Sets an option by its name from text, as a servlet's init-param does: numbers in decimal;
     * times as {@code 500ms}, {@code 20s}, {@code 2m}, {@code 1h} or {@code 0}; lists separated by
     * commas; {@code true} or {@code false}.
     *
     * @throws IllegalArgumentException if there is no such option or the value does not fit it; the
     *     message names both
     */
    public Builder set(String name, String value) {
      return OPTIONS.set(this, name, value);
    }

    /** Sets all of {@link WebSocketConfig#limits}. */
    public Builder limits(Limits value) {
      limits = value;
      return this;
    }

    /** Sets {@link Limits#maxMessageBytes}, from 1 to 2^62. */
    public Builder maxMessageBytes(long value) {
      return limits(limits.withMaxMessageBytes(value));
    }

    /** Sets {@link Limits#maxFrameBytes}, from 125 to 2^62: a control frame must fit. */
    public Builder maxFrameBytes(long value) {
      return limits(limits.withMaxFrameBytes(value));
    }

    /** Sets {@link Limits#maxFragments}, from 1. */
    public Builder maxFragments(int value) {
      return limits(limits.withMaxFragments(value));
    }

    /** Sets all of {@link WebSocketConfig#flow}. */
    public Builder flow(Flow value) {
      flow = value;
      return this;
    }

    /** Sets {@link Flow#outboundWatermarkBytes}, from 1. */
    public Builder outboundWatermarkBytes(int value) {
      return flow(flow.withOutboundWatermarkBytes(value));
    }

    /** Sets {@link Flow#outboundLimitBytes}, from 1. */
    public Builder outboundLimitBytes(int value) {
      return flow(flow.withOutboundLimitBytes(value));
    }

    /** Sets {@link Flow#overflowPolicy}. */
    public Builder overflowPolicy(OverflowPolicy value) {
      return flow(flow.withOverflowPolicy(value));
    }

    /** Sets all of {@link WebSocketConfig#timeouts}. */
    public Builder timeouts(Timeouts value) {
      timeouts = value;
      return this;
    }

    /** Sets {@link Timeouts#sendTimeout}, above zero. */
    public Builder sendTimeout(Duration value) {
      return timeouts(timeouts.withSendTimeout(value));
    }

    /** Sets {@link Timeouts#pingInterval}; zero for no heartbeat. */
    public Builder pingInterval(Duration value) {
      return timeouts(timeouts.withPingInterval(value));
    }

    /** Sets {@link Timeouts#pongTimeout}, above zero. */
    public Builder pongTimeout(Duration value) {
      return timeouts(timeouts.withPongTimeout(value));
    }

    /** Sets {@link Timeouts#frameTimeout}; zero for no deadline. */
    public Builder frameTimeout(Duration value) {
      return timeouts(timeouts.withFrameTimeout(value));
    }

    /** Sets {@link Timeouts#closeTimeout}, above zero. */
    public Builder closeTimeout(Duration value) {
      return timeouts(timeouts.withCloseTimeout(value));
    }

    /** Sets {@link WebSocketConfig#drainTimeout}; zero to end connections at once. */
    public Builder drainTimeout(Duration value) {
      drainTimeout = OptionCheck.notNegative("drainTimeout", value);
      return this;
    }

    /** Sets {@link WebSocketConfig#drainCode}: 1001 or 1012. */
    public Builder drainCode(int value) {
      if (value != CloseStatus.GOING_AWAY.code() && value != CloseStatus.SERVICE_RESTART.code()) {
        throw new OptionException("drainCode", "must be 1001 or 1012, not " + value);
      }
      drainCode = value;
      return this;
    }

    /** Sets {@link WebSocketConfig#subprotocols}: tokens, each once. */
    public Builder subprotocols(List<String> value) {
      subprotocols = OptionCheck.distinctTokens("subprotocols", value);
      return this;
    }

    /** Sets {@link WebSocketConfig#allowedOrigins}. */
    public Builder allowedOrigins(List<String> value) {
      allowedOrigins = OptionCheck.origins("allowedOrigins", value);
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

    /** Sets {@link WebSocketConfig#messagesUseSession}. */
    public Builder messagesUseSession(boolean value) {
      messagesUseSession = value;
      return this;
    }

    /** Sets {@link WebSocketConfig#closeReasons}. */
    public Builder closeReasons(boolean value) {
      closeReasons = value;
      return this;
    }

    /** Sets all of {@link WebSocketConfig#compression()}. */
    public Builder compression(Compression value) {
      compression = value;
      return this;
    }

    /** Sets {@link Compression#isEnabled}. */
    public Builder compression(boolean value) {
      return compression(compression.withEnabled(value));
    }

    /** Sets {@link Compression#threshold}, from 0. */
    public Builder compressionThreshold(int value) {
      return compression(compression.withThreshold(value));
    }

    /** Sets {@link Compression#level}, from 0 to 9. */
    public Builder compressionLevel(int value) {
      return compression(compression.withLevel(value));
    }

    /** Sets {@link Compression#contextTakeover}. */
    public Builder compressionContextTakeover(boolean value) {
      return compression(compression.withContextTakeover(value));
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
      flow.checked();
      return new WebSocketConfig(new Builder(this));
    }
  }
}
