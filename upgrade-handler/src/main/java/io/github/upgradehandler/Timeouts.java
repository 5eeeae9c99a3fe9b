package io.github.upgradehandler;

import java.time.Duration;

/**
 * How long a peer may take. A deadline may be noticed up to 250 ms late, and none counts while the
 * process is stopped. Immutable.
 */
public final class Timeouts {

  /** 10 s for sending and closing, pings after 20 s, 20 s for a pong, 30 s for a frame. */
  public static final Timeouts DEFAULTS =
      new Timeouts(
          Duration.ofSeconds(10),
          Duration.ofSeconds(20),
          Duration.ofSeconds(20),
          Duration.ofSeconds(30),
          Duration.ofSeconds(10));

  private final Duration send;
  private final Duration ping;
  private final Duration pong;
  private final Duration frame;
  private final Duration close;

  private Timeouts(Duration send, Duration ping, Duration pong, Duration frame, Duration close) {
    this.send = send;
    this.ping = ping;
    this.pong = pong;
    this.frame = frame;
    this.close = close;
  }

  /** How long sending may make no progress before the connection is aborted. Default 10 s. */
  public Duration sendTimeout() {
    return send;
  }

  /** Silence of the peer after which a ping is sent; zero for never. Default 20 s. */
  public Duration pingInterval() {
    return ping;
  }

  /** How long after a ping the peer may stay silent before it is given up. Default 20 s. */
  public Duration pongTimeout() {
    return pong;
  }

  /**
   * How long the peer may take over a frame that it has begun, anew for every 64 KiB of it, before
   * the connection is closed with 1008; zero for ever. Default 30 s.
   */
  public Duration frameTimeout() {
    return frame;
  }

  /** How long the peer may take to answer a Close frame before TCP is ended. Default 10 s. */
  public Duration closeTimeout() {
    return close;
  }

  /** The same with another {@link #sendTimeout}, above zero. */
  public Timeouts withSendTimeout(Duration value) {
    Duration changed = OptionCheck.positive("sendTimeout", value);
    return new Timeouts(changed, ping, pong, frame, close);
  }

  /** The same with another {@link #pingInterval}; zero for no heartbeat. */
  public Timeouts withPingInterval(Duration value) {
    Duration changed = OptionCheck.notNegative("pingInterval", value);
    return new Timeouts(send, changed, pong, frame, close);
  }

  /** The same with another {@link #pongTimeout}, above zero. */
  public Timeouts withPongTimeout(Duration value) {
    Duration changed = OptionCheck.positive("pongTimeout", value);
    return new Timeouts(send, ping, changed, frame, close);
  }

  /** The same with another {@link #frameTimeout}; zero for no deadline. */
  public Timeouts withFrameTimeout(Duration value) {
    Duration changed = OptionCheck.notNegative("frameTimeout", value);
    return new Timeouts(send, ping, pong, changed, close);
  }

  /** The same with another {@link #closeTimeout}, above zero. */
  public Timeouts withCloseTimeout(Duration value) {
    Duration changed = OptionCheck.positive("closeTimeout", value);
    return new Timeouts(send, ping, pong, frame, changed);
  }
}
