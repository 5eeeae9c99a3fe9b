package io.github.upgradehandler.socketio;

import io.github.upgradehandler.WebSocketConfig;
import io.github.upgradehandler.guard.ClientAddress;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The options of a Socket.IO server, by the names that Socket.IO for Node.js has for them where it
 * has them. Immutable.
 */
public final class SocketIoConfig {

  private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.^_`|~0-9A-Za-z]+");

  private final Duration pingInterval;
  private final Duration pingTimeout;
  private final Duration upgradeTimeout;
  private final Duration connectTimeout;
  private final int maxHttpBufferSize;
  private final boolean allowEio3;
  private final @Nullable String cookie;
  private final int compressionThreshold;
  private final boolean cleanupEmptyChildNamespaces;
  private final @Nullable Recovery recovery;
  private final boolean serveClient;
  private final PacketFormat parser;
  private final ClientAddress clientAddress;
  private final SocketIoLimits limits;
  private final WebSocketConfig webSocket;

  private SocketIoConfig(Builder builder) {
    pingInterval = builder.pingInterval;
    pingTimeout = builder.pingTimeout;
    upgradeTimeout = builder.upgradeTimeout;
    connectTimeout = builder.connectTimeout;
    maxHttpBufferSize = builder.maxHttpBufferSize;
    allowEio3 = builder.allowEio3;
    cookie = builder.cookie;
    compressionThreshold = builder.compressionThreshold;
    cleanupEmptyChildNamespaces = builder.cleanupEmptyChildNamespaces;
    recovery = builder.recovery;
    serveClient = builder.serveClient;
    parser = builder.parser;
    clientAddress = builder.clientAddress;
    limits = builder.limits;
    webSocket = builder.webSocket;
  }

  /** The defaults. */
  public static SocketIoConfig defaults() {
    return builder().build();
  }

  /** Begins with the defaults. */
  public static Builder builder() {
    return new Builder();
  }

  /** Between two heartbeats of a client. */
  public Duration pingInterval() {
    return pingInterval;
  }

  /** How long a client may take to answer a heartbeat. */
  public Duration pingTimeout() {
    return pingTimeout;
  }

  /** How long a client that polls may take to change to its WebSocket. */
  public Duration upgradeTimeout() {
    return upgradeTimeout;
  }

  /** How long a client may be connected without having joined a namespace. */
  public Duration connectTimeout() {
    return connectTimeout;
  }

  /** The largest message, and the largest body of a POST, in bytes; at least 1. */
  public int maxHttpBufferSize() {
    return maxHttpBufferSize;
  }

  /** Whether clients of version 2 are let in, which speak Engine.IO 3. */
  public boolean allowEio3() {
    return allowEio3;
  }

  /** The name of the cookie that tells a load balancer of the session; null for none. */
  public @Nullable String cookie() {
    return cookie;
  }

  /** From how many bytes on the answer to a poll is compressed. */
  public int compressionThreshold() {
    return compressionThreshold;
  }

  /** Whether a dynamic namespace goes with its last socket. */
  public boolean cleanupEmptyChildNamespaces() {
    return cleanupEmptyChildNamespaces;
  }

  /** Whether, and for how long, clients may come back to where they were; null if not. */
  public @Nullable Recovery recovery() {
    return recovery;
  }

  /** Whether the client's files are served beside the protocol. */
  public boolean serveClient() {
    return serveClient;
  }

  /** How packets are written. */
  public PacketFormat parser() {
    return parser;
  }

  /** What clients may take of this server. */
  public SocketIoLimits limits() {
    return limits;
  }

  /** Where the address is found that sessions are counted by. */
  public ClientAddress clientAddress() {
    return clientAddress;
  }

  /**
   * What holds for HTTP and for WebSocket: origins, guards, the executor of the application's
   * listeners, limits of sending, draining. Its heartbeats and its limits of messages are not used.
   */
  public WebSocketConfig webSocket() {
    return webSocket;
  }

  private static Duration positive(String option, Duration value) {
    if (value.isZero() || value.isNegative()) {
      throw new IllegalArgumentException(option + " is " + value + ": it has to be positive");
    }
    return value;
  }

  private static int atLeastOne(String option, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(option + " is " + value + ": it has to be at least 1");
    }
    return value;
  }

  private static @Nullable String token(String option, @Nullable String value) {
    if (value != null && !TOKEN.matcher(value).matches()) {
      throw new IllegalArgumentException(option + " is '" + value + "': no name of a cookie");
    }
    return value;
  }

  /** Collects options. Not thread-safe. */
  public static final class Builder {

    private Duration pingInterval = Duration.ofSeconds(25);
    private Duration pingTimeout = Duration.ofSeconds(20);
    private Duration upgradeTimeout = Duration.ofSeconds(10);
    private Duration connectTimeout = Duration.ofSeconds(45);
    private int maxHttpBufferSize = 1_000_000;
    private boolean allowEio3;
    private @Nullable String cookie;
    private int compressionThreshold = 1024;
    private boolean cleanupEmptyChildNamespaces;
    private @Nullable Recovery recovery;
    private boolean serveClient = true;
    private PacketFormat parser = PacketFormat.JSON;
    private ClientAddress clientAddress = ClientAddress.direct();
    private SocketIoLimits limits = SocketIoLimits.DEFAULTS;
    private WebSocketConfig webSocket = WebSocketConfig.defaults();

    private Builder() {}

    /**
     * Between two heartbeats of a client. Default: 25 s.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder pingInterval(Duration pingInterval) {
      this.pingInterval = positive("pingInterval", pingInterval);
      return this;
    }

    /**
     * How long a client may take to answer a heartbeat. Default: 20 s.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder pingTimeout(Duration pingTimeout) {
      this.pingTimeout = positive("pingTimeout", pingTimeout);
      return this;
    }

    /**
     * How long a client that polls may take to change to its WebSocket. Default: 10 s.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder upgradeTimeout(Duration upgradeTimeout) {
      this.upgradeTimeout = positive("upgradeTimeout", upgradeTimeout);
      return this;
    }

    /**
     * How long a client may be connected without having joined a namespace. Default: 45 s.
     *
     * @throws IllegalArgumentException if it is not positive
     */
    public Builder connectTimeout(Duration connectTimeout) {
      this.connectTimeout = positive("connectTimeout", connectTimeout);
      return this;
    }

    /**
     * The largest message, and the largest body of a POST, in bytes; at least 1. Default: 1000000.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder maxHttpBufferSize(int maxHttpBufferSize) {
      this.maxHttpBufferSize = atLeastOne("maxHttpBufferSize", maxHttpBufferSize);
      return this;
    }

    /** Whether clients of version 2 are let in, which speak Engine.IO 3. Default: false. */
    public Builder allowEio3(boolean allowEio3) {
      this.allowEio3 = allowEio3;
      return this;
    }

    /**
     * The name of the cookie that tells a load balancer of the session; null for none. Default:
     * none.
     *
     * @throws IllegalArgumentException if it is no token of RFC 6265
     */
    public Builder cookie(@Nullable String cookie) {
      this.cookie = token("cookie", cookie);
      return this;
    }

    /**
     * From how many bytes on the answer to a poll is compressed. Default: 1024.
     *
     * @throws IllegalArgumentException if it is below 1
     */
    public Builder compressionThreshold(int compressionThreshold) {
      this.compressionThreshold = atLeastOne("compressionThreshold", compressionThreshold);
      return this;
    }

    /** Whether a dynamic namespace goes with its last socket. Default: false. */
    public Builder cleanupEmptyChildNamespaces(boolean cleanupEmptyChildNamespaces) {
      this.cleanupEmptyChildNamespaces = cleanupEmptyChildNamespaces;
      return this;
    }

    /**
     * Whether, and for how long, clients may come back to where they were; null if not. Default:
     * none.
     */
    public Builder recovery(@Nullable Recovery recovery) {
      this.recovery = recovery;
      return this;
    }

    /** Whether the client's files are served beside the protocol. Default: true. */
    public Builder serveClient(boolean serveClient) {
      this.serveClient = serveClient;
      return this;
    }

    /** How packets are written, which clients have to be told too. Default: JSON. */
    public Builder parser(PacketFormat parser) {
      this.parser = parser;
      return this;
    }

    /** What clients may take of this server. */
    public Builder limits(SocketIoLimits limits) {
      this.limits = limits;
      return this;
    }

    /**
     * Where the address is found that {@link SocketIoLimits#maxSessionsPerAddress} counts by.
     * Default: at the other end of TCP, which is that of a proxy if there is one.
     */
    public Builder clientAddress(ClientAddress clientAddress) {
      this.clientAddress = clientAddress;
      return this;
    }

    /** See {@link SocketIoConfig#webSocket}. */
    public Builder webSocket(WebSocketConfig webSocket) {
      this.webSocket = webSocket;
      return this;
    }

    /** The options together. */
    public SocketIoConfig build() {
      return new SocketIoConfig(this);
    }
  }
}
