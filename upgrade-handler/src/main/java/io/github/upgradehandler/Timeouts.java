package io.github.upgradehandler;

import java.time.Duration;

/**
 * How long a peer may take. A deadline may be noticed up to 250 ms late, and none counts while the
 * process is stopped. Immutable.
 */
public final class Timeouts {

  /** 10 s for sending and closing, pings after 20 s, 20 s for a pong, 30 s for a frame. */
  public static final Timeouts DEFAULTS = new Timeouts(new Values());

  private final Values values;

  private Timeouts(Values values) {
    this.values = values;
  }

  /** How long sending may make no progress before the connection is aborted. Default 10 s. */
  public Duration sendTimeout() {
    return values.send;
  }

  /** Silence of the peer after which a ping is sent; zero for never. Default 20 s. */
  public Duration pingInterval() {
    return values.ping;
  }

  /** How long after a ping the peer may stay silent before it is given up. Default 20 s. */
  public Duration pongTimeout() {
    return values.pong;
  }

  /**
   * How long the peer may take over a frame that it has begun, anew for every 64 KiB of it, before
   * the connection is closed with 1008; zero for ever. Default 30 s.
   */
  public Duration frameTimeout() {
    return values.frame;
  }

  /** How long the peer may take to answer a Close frame before TCP is ended. Default 10 s. */
  public Duration closeTimeout() {
    return values.close;
  }

  /** The same with another {@link #sendTimeout}, above zero. */
  public Timeouts withSendTimeout(Duration value) {
    Values changed = new Values(values);
    changed.send = OptionCheck.positive("sendTimeout", value);
    return new Timeouts(changed);
  }

  /** The same with another {@link #pingInterval}; zero for no heartbeat. */
  public Timeouts withPingInterval(Duration value) {
    Values changed = new Values(values);
    changed.ping = OptionCheck.notNegative("pingInterval", value);
    return new Timeouts(changed);
  }

  /** The same with another {@link #pongTimeout}, above zero. */
  public Timeouts withPongTimeout(Duration value) {
    Values changed = new Values(values);
    changed.pong = OptionCheck.positive("pongTimeout", value);
    return new Timeouts(changed);
  }

  /** The same with another {@link #frameTimeout}; zero for no deadline. */
  public Timeouts withFrameTimeout(Duration value) {
    Values changed = new Values(values);
    changed.frame = OptionCheck.notNegative("frameTimeout", value);
    return new Timeouts(changed);
  }

  /** The same with another {@link #closeTimeout}, above zero. */
  public Timeouts withCloseTimeout(Duration value) {
    Values changed = new Values(values);
    changed.close = OptionCheck.positive("closeTimeout", value);
    return new Timeouts(changed);
  }

  private static final class Values {
    Duration send = Duration.ofSeconds(10);
    Duration ping = Duration.ofSeconds(20);
    Duration pong = Duration.ofSeconds(20);
    Duration frame = Duration.ofSeconds(30);
    Duration close = Duration.ofSeconds(10);

    Values() {}

    Values(Values other) {
      send = other.send;
      ping = other.ping;
      pong = other.pong;
      frame = other.frame;
      close = other.close;
    }
  }
}
