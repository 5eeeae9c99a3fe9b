package io.github.upgradehandler;

import java.time.Duration;
import java.util.List;

/**
 * The bounds and habits of one servlet's event streams. Immutable. Every option is set by a method
 * of {@link Builder} or from text by its name, as a servlet's init-params are, see {@link
 * Builder#set}.
 */
public final class EventStreamConfig {

  /** All defaults. */
  public static final EventStreamConfig DEFAULT = builder().build();

  private final Builder values;

  private EventStreamConfig(Builder values) {
    this.values = values;
  }

  /** A builder that holds the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** A builder that holds these values. */
  public Builder toBuilder() {
    return new Builder(values);
  }

  /**
   * The same with other {@link #guards}.
   *
   * @throws IllegalArgumentException if one is a {@link MessageGuard}
   */
  public EventStreamConfig withGuards(Guard... others) {
    return toBuilder().guards(others).build();
  }

  /**
   * Silence after which a comment is sent, which also shows whether the client is gone. Default 20
   * s.
   */
  public Duration heartbeatInterval() {
    return values.heartbeatInterval;
  }

  /** Time without progress in sending after which a stream is ended. Default 10 s. */
  public Duration sendTimeout() {
    return values.sendTimeout;
  }

  /** How long a browser is to wait before it comes back. Default 2 s. */
  public Duration retry() {
    return values.retry;
  }

  /** Bytes of events kept of each room, for clients that come back. Default 262144. */
  public int historyBytes() {
    return values.historyBytes;
  }

  /** How long they are kept after the last client of the room has gone. Default 2 min. */
  public Duration historyTime() {
    return values.historyTime;
  }

  /**
   * Rooms of which events are kept; beyond, those without clients are forgotten, first the one
   * whose last client went longest ago. Default 1000.
   */
  public int maxHistories() {
    return values.maxHistories;
  }

  /** Bytes that may wait for one client, whose stream is ended beyond. Default 524288. */
  public int outboundLimitBytes() {
    return values.outboundLimitBytes;
  }

  /** Time that undeploying waits for what is not sent yet. Default 5 s. */
  public Duration drainTimeout() {
    return values.drainTimeout;
  }

  /**
   * Origins whose pages are let in beside the server's own, such as {@code https://app.example},
   * with the user's cookies; {@code *} for all others, without. Default none.
   */
  public List<String> allowedOrigins() {
    return values.allowedOrigins;
  }

  /**
   * Whether streams that were opened with an HTTP session end when it ends, by logging out or by
   * its timeout. Default false.
   */
  public boolean closeWithSession() {
    return values.closeWithSession;
  }

  /**
   * The guards that are asked before a stream is opened, in this order. None acts on messages, of
   * which a stream's client sends none: a client that one lets in with a {@link MessageAdmission}
   * all the same is answered with 500. Default none.
   */
  public List<Guard> guards() {
    return values.guards;
  }

  /** Sets what differs from the defaults. Not thread-safe. */
  public static final class Builder {

    private static final int LEAST_OUTBOUND_LIMIT = 1024;

    private static final Options<Builder> OPTIONS =
        new Options<Builder>()
            .with("heartbeatInterval", OptionKinds::duration, Builder::heartbeatInterval)
            .with("sendTimeout", OptionKinds::duration, Builder::sendTimeout)
            .with("retry", OptionKinds::duration, Builder::retry)
            .with("historyBytes", OptionKinds::integer, Builder::historyBytes)
            .with("historyTime", OptionKinds::duration, Builder::historyTime)
            .with("maxHistories", OptionKinds::integer, Builder::maxHistories)
            .with("outboundLimitBytes", OptionKinds::integer, Builder::outboundLimitBytes)
            .with("drainTimeout", OptionKinds::duration, Builder::drainTimeout)
            .with("allowedOrigins", OptionKinds::list, Builder::allowedOrigins)
            .with("closeWithSession", OptionKinds::bool, Builder::closeWithSession);

    private Duration heartbeatInterval = Duration.ofSeconds(20);
    private Duration sendTimeout = Duration.ofSeconds(10);
    private Duration retry = Duration.ofSeconds(2);
    private int historyBytes = 256 << 10;
    private Duration historyTime = Duration.ofMinutes(2);
    private int maxHistories = 1000;
    private int outboundLimitBytes = 512 << 10;
    private Duration drainTimeout = Duration.ofSeconds(5);
    private List<String> allowedOrigins = List.of();
    private boolean closeWithSession;
    private List<Guard> guards = List.of();

    private Builder() {}

    private Builder(Builder other) {
      heartbeatInterval = other.heartbeatInterval;
      sendTimeout = other.sendTimeout;
      retry = other.retry;
      historyBytes = other.historyBytes;
      historyTime = other.historyTime;
      maxHistories = other.maxHistories;
      outboundLimitBytes = other.outboundLimitBytes;
      drainTimeout = other.drainTimeout;
      allowedOrigins = other.allowedOrigins;
      closeWithSession = other.closeWithSession;
      guards = other.guards;
    }

    /**
     * Sets an option by its name from text, see {@link WebSocketConfig.Builder#set}.
     *
     * @throws IllegalArgumentException if there is no such option or the value does not fit it; the
     *     message names both
     */
    public Builder set(String name, String value) {
      return OPTIONS.set(this, name, value);
    }

    /** Sets {@link EventStreamConfig#heartbeatInterval}, above zero. */
    public Builder heartbeatInterval(Duration value) {
      heartbeatInterval = OptionCheck.positive("heartbeatInterval", value);
      return this;
    }

    /** Sets {@link EventStreamConfig#sendTimeout}, above zero. */
    public Builder sendTimeout(Duration value) {
      sendTimeout = OptionCheck.positive("sendTimeout", value);
      return this;
    }

    /** Sets {@link EventStreamConfig#retry}, above zero. */
    public Builder retry(Duration value) {
      retry = OptionCheck.positive("retry", value);
      return this;
    }

    /** Sets {@link EventStreamConfig#historyBytes}, from 0 to {@code outboundLimitBytes}. */
    public Builder historyBytes(int value) {
      historyBytes = OptionCheck.between("historyBytes", 0, Integer.MAX_VALUE, value);
      return this;
    }

    /** Sets {@link EventStreamConfig#historyTime}, from zero. */
    public Builder historyTime(Duration value) {
      historyTime = OptionCheck.notNegative("historyTime", value);
      return this;
    }

    /** Sets {@link EventStreamConfig#maxHistories}, from 0. */
    public Builder maxHistories(int value) {
      maxHistories = OptionCheck.between("maxHistories", 0, Integer.MAX_VALUE, value);
      return this;
    }

    /** Sets {@link EventStreamConfig#outboundLimitBytes}, from 1024. */
    public Builder outboundLimitBytes(int value) {
      outboundLimitBytes =
          OptionCheck.between("outboundLimitBytes", LEAST_OUTBOUND_LIMIT, Integer.MAX_VALUE, value);
      return this;
    }

    /** Sets {@link EventStreamConfig#drainTimeout}, from zero. */
    public Builder drainTimeout(Duration value) {
      drainTimeout = OptionCheck.notNegative("drainTimeout", value);
      return this;
    }

    /** Sets {@link EventStreamConfig#allowedOrigins}. */
    public Builder allowedOrigins(List<String> value) {
      allowedOrigins = OptionCheck.origins("allowedOrigins", value);
      return this;
    }

    /** Sets {@link EventStreamConfig#closeWithSession}. */
    public Builder closeWithSession(boolean value) {
      closeWithSession = value;
      return this;
    }

    /**
     * Sets {@link EventStreamConfig#guards}; no init-param, since they are objects.
     *
     * @throws IllegalArgumentException if one is a {@link MessageGuard}
     */
    public Builder guards(Guard... value) {
      for (Guard guard : value) {
        if (guard instanceof MessageGuard) {
          throw new IllegalArgumentException(
              guard.getClass().getName()
                  + " acts on messages, of which the client of an event stream sends none");
        }
      }
      guards = List.of(value);
      return this;
    }

    /**
     * The configuration.
     *
     * @throws IllegalArgumentException if the history is larger than what may wait for a client:
     *     one that comes back may be sent all of it at once
     */
    public EventStreamConfig build() {
      OptionCheck.between("historyBytes", 0, outboundLimitBytes, historyBytes);
      return new EventStreamConfig(new Builder(this));
    }
  }
}
